import 'reflect-metadata';
import {
  Controller,
  Get,
  type INestApplication,
  type MiddlewareConsumer,
  Module,
  type NestApplicationOptions,
  type NestModule,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { sessionsMiddleware } from '../../../adapters/http/express.ts';
import { sessionsPlugin } from '../../../adapters/http/fastify.ts';
import type { Collector } from '../../../src/collector/collector.ts';
import type { Host } from './host.ts';

/** A module with a route, and the API as a middleware of it if it is given. Decorators are called, since Node has none. */
function moduleWith(middleware?: ReturnType<typeof sessionsMiddleware>): new () => NestModule {
  class Hello {
    hello() {
      return 'hello';
    }
  }
  Get('hello')(Hello.prototype, 'hello', { value: Hello.prototype.hello });
  Controller()(Hello);

  class App implements NestModule {
    configure(consumer: MiddlewareConsumer) {
      if (middleware) consumer.apply(middleware).forRoutes('*');
    }
  }
  Module({ controllers: [Hello] })(App);
  return App;
}

const options: NestApplicationOptions = { logger: false, forceCloseConnections: true };

/** What a parser or the router of a host throws. */
interface HttpFailure {
  readonly message: string;
  readonly status: number;
}

async function serve(app: INestApplication) {
  const adapter = app.getHttpAdapter();
  app.useGlobalFilters({
    // As text: an answer in JSON is to be the API's.
    catch: ({ message, status }: HttpFailure, host) =>
      adapter.reply(host.switchToHttp().getResponse(), message, status),
  });
  await app.init();
  await adapter.getInstance().ready?.(); // of Fastify
  return app.getHttpServer();
}

/** The ways to mount the API in Nest. */
export const nestHosts: readonly Host[] = [
  {
    name: 'Nest on Express',
    async serve(collector: Collector) {
      const app = await NestFactory.create<NestExpressApplication>(moduleWith(), options);
      return serve(app.use(sessionsMiddleware(collector)));
    },
  },
  {
    name: 'Nest on Express, as a middleware of a module',
    async serve(collector) {
      const app = await NestFactory.create<NestExpressApplication>(moduleWith(sessionsMiddleware(collector)), options);
      return serve(app.useBodyParser('json', { limit: '4mb' })); // above the API's own, so that it is the API's that holds
    },
    traits: { hostParses: ['json', 'form'], refusesBadUrls: true },
  },
  {
    name: 'Nest on Fastify',
    async serve(collector) {
      const app = await NestFactory.create<NestFastifyApplication>(moduleWith(), new FastifyAdapter(), options);
      await app.register(sessionsPlugin, { collector });
      return serve(app);
    },
    traits: { headerNames: 'own', refusesBadUrls: true },
  },
  {
    name: 'Nest on Fastify, as a middleware of a module',
    async serve(collector) {
      const module = moduleWith(sessionsMiddleware(collector));
      return serve(await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), options));
    },
    traits: { refusesBadUrls: true },
  },
];
