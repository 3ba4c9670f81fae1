import type { RequestListener } from 'node:http';
import express from 'express';
import { sessionsMiddleware } from 'media-sessions/express';
import { isEvent } from './ajv-check.ts';
import { handWrittenApi } from './hand-written.ts';

export function ours(): RequestListener {
  return express().use(sessionsMiddleware());
}

export function hello(): RequestListener {
  return express().use((_req, res) => void res.send('hello'));
}

export function checked(): RequestListener {
  const api = handWrittenApi();
  return express().use(express.json(), (req, res) => {
    if (!isEvent(req.path, req.body)) return void res.writeHead(400).end();
    const { status, headers } = api.answer(req.path, req.body);
    res.writeHead(status, headers).end();
  });
}
