export {
  type Answer,
  CONFORMANCE,
  conformance,
  type Request,
  type Row,
  sendByFetch,
  type Target,
} from './conformance/conformance.ts';
export { type DeclareTest, type MakeStore, storeContract } from './store-contract/store-contract.ts';
