import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkJson, messlatte, ROOT } from './cli.ts'

const RELEASE = join(ROOT, 'packages/inspect/src/secure-boot/esp/fixtures/negative/with-boot-loader')
const READOUTS = join(ROOT, 'packages/exchange/src/fuses/fixtures')
const TAKEN = ['--fuses-by', 'A. Prüferin', '--fuses-on', '2026-11-20'] as const

const folder = mkdtempSync(join(tmpdir(), 'messlatte-fuses-'))
afterAll(() => rmSync(folder, { recursive: true }))

function secureBoot(...more: readonly string[]) {
  const { provisions, chains } = checkJson([...more, RELEASE])
  const one = provisions.find(({ id }) => id === '5.7-1')
  return [one?.baseline.verdict, one?.profiles['de-2027']?.verdict, chains[0]?.verdict]
}

describe('a read-out of fuses beside a release', () => {
  it('moves enforcement from open to supported, and never to pass', () => {
    expect(secureBoot()).toEqual(['open', 'open', 'open'])
    const burnt = secureBoot('--fuses', join(READOUTS, 'esp32c3-burnt.json'), ...TAKEN)
    expect(burnt).toEqual(['supported', 'supported', 'whole'])
  })

  it('speaks against it where the unit demands nothing, or has revoked the key', () => {
    const fresh = secureBoot('--fuses', join(READOUTS, 'esp32c3-fresh.txt'), ...TAKEN)
    expect(fresh).toEqual(['not-met', 'fail', 'open'])
    const revoked = secureBoot('--fuses', join(READOUTS, 'esp32c3-revoked.txt'), ...TAKEN)
    expect(revoked).toEqual(['not-met', 'fail', 'broken'])
  })

  it('is about one unit, and the report says so', () => {
    const args = [
      'check',
      '--fail-on',
      'never',
      '--fuses',
      join(READOUTS, 'esp32c3-burnt.json'),
      ...TAKEN,
      RELEASE,
    ]
    const { out } = messlatte(args)
    expect(out.replaceAll(/\s+/g, ' ')).toContain('on the unit 00:00:00:00:00:00; not about others')
    expect(out).toContain('it says nothing about others')
  })

  it('counts only with who took it and when, and says what is wrong with it', () => {
    const refused = (...more: readonly string[]) => {
      const { code, err } = messlatte(['check', ...more, RELEASE])
      expect(code).toBe(2)
      return err
    }
    expect(refused('--fuses', join(READOUTS, 'esp32c3-burnt.json'))).toMatch(
      /--fuses-by NAME and --fuses-on DATE/,
    )
    expect(refused(...TAKEN)).toMatch(/name it with --fuses FILE/)
    const bad = join(folder, 'cut.json')
    writeFileSync(bad, '{"MAC": {"value": "00:')
    expect(refused('--fuses', bad, ...TAKEN)).toMatch(/cut\.json: is JSON that ends early.*espefuse/)
    expect(refused('--fuses', join(folder, 'none'), ...TAKEN)).toMatch(/cannot be read/)
  })
})
