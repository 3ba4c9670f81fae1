// In a Nest app, on Express; on Fastify, app.register(sessionsPlugin): node examples/nest.ts
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createCollector } from 'media-sessions';
import { sessionsMiddleware } from 'media-sessions/express';

class AppController {
  front() {
    return 'The app goes on as before.';
  }
}
class AppModule {}
// What the decorators @Controller(), @Get() and @Module() do, which Node by itself does not read.
Controller()(AppController);
Get()(AppController.prototype, 'front', { value: AppController.prototype.front });
Module({ controllers: [AppController] })(AppModule);

const collector = createCollector({ onSessionStart: ({ session }) => console.log('started', session.sid) });
const app = await NestFactory.create(AppModule, { logger: ['warn', 'error'] });

app.use(sessionsMiddleware(collector)); // here it is before Nest's parser, whose limit is 100 KB; forRoutes('*') will do too

await app.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1');
console.log('listening on', await app.getUrl());
process.once('SIGTERM', () => app.close().then(() => collector.close()));
