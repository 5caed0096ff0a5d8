import { text } from '../outcome/say.ts'

export const AN_IMAGE = text('an image of the container', 'ein Image des Containers')
