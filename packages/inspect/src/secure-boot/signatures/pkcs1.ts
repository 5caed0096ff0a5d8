export { verifiesPkcs1 } from '@messlatte/bytes'
