import { render } from 'preact';
import { App } from './components/app.tsx';
import { listenToKeys } from './keyboard.ts';
import { keepFresh } from './state/refresh.ts';
import { keepTitle } from './state/title.ts';
import './style/base.css';
import './style/layout.css';
import './style/sessions.css';
import './style/timeline.css';
import './style/session.css';
import './style/rejections.css';
import './style/overview.css';

const root = document.getElementById('app');
if (root) render(<App />, root);
listenToKeys();
keepTitle();
keepFresh();
