import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runChecks, testArtefact } from '../../testing.ts'
import { webCheck } from './index.ts'

function evidenceOf(kind: string) {
  const folder = new URL(`./fixtures/${kind}/`, import.meta.url)
  const artefacts = readdirSync(folder).map((name) =>
    testArtefact(name.replaceAll('__', '/'), readFileSync(new URL(name, folder))),
  )
  return runChecks([webCheck], artefacts).evidence
}

describe('services.web', () => {
  it('lists handlers once for a root, and holds them against nobody', () => {
    expect(evidenceOf('positive')).toMatchObject([
      {
        polarity: 'neutral',
        observation: {
          count: 2,
          handlers: [
            { kind: 'debug-page', path: 'usr/share/web/debug.php' },
            { kind: 'cgi', path: 'www/cgi-bin/login.cgi' },
          ],
        },
      },
    ])
  })

  it('is silent about pages, and about scripts elsewhere', () => {
    expect(evidenceOf('negative')).toEqual([])
    expect(evidenceOf('near-miss')).toEqual([])
  })
})
