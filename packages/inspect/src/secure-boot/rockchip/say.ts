import { text } from '../outcome/say.ts'

export const IMAGE = text('an image of the Rockchip ID block', 'ein Image des Rockchip-ID-Blocks')
