export { ecSpki, type PublicKey, readPublicKey, rsaSpki, sha256 } from '@messlatte/bytes'
