export { inverseOf, recoverKeys, verifiesEcdsa } from '@messlatte/bytes'
