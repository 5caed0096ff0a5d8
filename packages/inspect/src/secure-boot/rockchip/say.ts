import { text } from '../outcome/say.ts'

export const IMAGE = text('an image of the Rockchip ID block', 'ein Image des Rockchip-ID-Blocks')

export const NO_PLACE = text(
  'The header is of the kind before the RK3568, hidden with a key that everybody has: it holds sizes only, and the program begins without a signature.',
  'Der Kopf ist von der Art vor dem RK3568, verborgen mit einem Schlüssel, den jeder hat: Er enthält nur Größen, und das Programm beginnt ohne Signatur.',
)
