// Express 4 and Koa 2 are installed beside their successors under names that have no types.
declare module 'express4' {
  import express from 'express';
  export default express;
}
declare module 'koa2' {
  import Koa from 'koa';
  export default Koa;
}
