import { writeFileSync } from 'node:fs'
import { FORMATS } from '../formats/index.ts'
import { formatsPage } from './formats-page.ts'

/** `npm run docs` */
writeFileSync(new URL('../../../../docs/formats.md', import.meta.url), formatsPage(FORMATS))
