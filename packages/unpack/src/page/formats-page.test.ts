import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { FORMATS } from '../formats/index.ts'
import { formatsPage } from './formats-page.ts'

it('the page about the formats is what their manifests say (npm run docs writes it)', () => {
  const written = readFileSync(new URL('../../../../docs/formats.md', import.meta.url), 'utf8')
  expect(written).toBe(formatsPage(FORMATS))
})
