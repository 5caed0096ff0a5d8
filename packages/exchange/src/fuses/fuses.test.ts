import { readFileSync } from 'node:fs'
import type { FuseReadout } from '@messlatte/model'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MOST_READOUT, readFuses } from './read.ts'

const TAKEN = { by: 'A. Prüferin', on: '2026-11-20' }

function fixture(name: string): Buffer {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url))
}

function read(name: string): FuseReadout {
  const readout = readFuses(fixture(name), name, TAKEN)
  if ('problem' in readout) throw new Error(readout.problem.en)
  return readout
}

function problemOf(text: string): string {
  const readout = readFuses(Buffer.from(text), 'x', TAKEN)
  return 'problem' in readout ? readout.problem.en : 'none'
}

const DIGEST = '243fe475f07808fd5b8cd5117ee8cd6a32c6e2c042f5b7cb70ca9db972f9ce37'

describe('a read-out of fuses', () => {
  it('is read as espefuse writes it, in both forms', () => {
    const burnt = {
      unit: '00:00:00:00:00:00',
      secureBoot: true,
      flashEncryption: true,
      debugLocked: true,
      downloadLocked: true,
      secureVersion: 3,
      by: 'A. Prüferin',
      on: '2026-11-20',
    }
    const key = { slot: 'BLOCK_KEY0', digest: DIGEST }
    expect(read('esp32c3-burnt.json')).toMatchObject({
      format: 'espefuse-json',
      ...burnt,
      keys: [{ ...key, revoked: false }],
    })
    expect(read('esp32c3-revoked.txt')).toMatchObject({
      format: 'espefuse-text',
      ...burnt,
      keys: [{ ...key, revoked: true }],
    })
    expect(read('esp32c3-fresh.txt')).toMatchObject({
      secureBoot: false,
      flashEncryption: false,
      debugLocked: false,
      downloadLocked: false,
      secureVersion: 0,
      keys: [],
    })
  })

  it('is read as U-Boot prints it, also within a log', () => {
    expect(read('hab-closed.txt')).toMatchObject({
      format: 'hab-status',
      secureBoot: true,
      events: 0,
      unit: null,
    })
    expect(read('hab-open.txt')).toMatchObject({ format: 'hab-status', secureBoot: false, events: 1 })
    const counting = Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('hex')
    expect(read('fuse-read.txt')).toMatchObject({
      format: 'fuse-read',
      secureBoot: null,
      keys: [{ slot: 'SRK', digest: counting, revoked: false }],
    })
  })

  it('is read as the programmer of STM32 prints it', () => {
    expect(read('stm32-level-0.txt')).toMatchObject({
      format: 'stm32-option-bytes',
      debugLocked: false,
      secureBoot: null,
    })
  })

  it('names what is wrong, and the way out', () => {
    expect(problemOf('{"MAC": ')).toMatch(/ends early.*espefuse --port PORT summary --format json/)
    expect(problemOf('{"SECURE_BOOT_EN": {"value": true}}')).toMatch(/no MAC.*espefuse/)
    expect(problemOf('hello')).toMatch(/no read-out.*hab_status/)
    expect(problemOf('Reading bank 3:\n\nWord 0x00000000: 03020100\n')).toMatch(/no read-out/)
    const large = readFuses(Buffer.alloc(MOST_READOUT + 1), 'x', TAKEN)
    expect('problem' in large && large.problem.en).toMatch(/larger than 1 MiB/)
  })

  it('says nothing of what cannot be read out', () => {
    const text = fixture('esp32c3-burnt.json')
      .toString('utf8')
      .replace(/24 3f e4[ 0-9a-f]*/, `${'?? '.repeat(31)}??`)
    expect(readFuses(Buffer.from(text), 'x', TAKEN)).toMatchObject({ secureBoot: true, keys: [] })
  })

  it('stands any text, and any damage to a real one', () => {
    const real = ['esp32c3-burnt.json', 'esp32c3-fresh.txt', 'hab-open.txt', 'fuse-read.txt'].map(fixture)
    const damaged = fc
      .tuple(fc.constantFrom(...real), fc.nat(), fc.uint8Array({ maxLength: 8 }))
      .map(([content, at, bytes]) => {
        const copy = Buffer.from(content)
        copy.set(bytes, at % (copy.length - 8))
        return copy
      })
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 300 })), (content) => {
        expect(readFuses(content, 'x', TAKEN)).toBeTypeOf('object')
      }),
    )
  })
})
