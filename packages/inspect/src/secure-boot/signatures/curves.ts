export { CURVES, type Curve, type CurveName, isOnCurve, modulo, toNumber } from '@messlatte/bytes'
