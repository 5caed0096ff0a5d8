export { type PssForm, verifiesPss } from '@messlatte/bytes'
