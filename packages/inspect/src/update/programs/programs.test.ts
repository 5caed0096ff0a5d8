import { readdirSync, readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { parseElf } from '@messlatte/unpack'
import { describe, expect, it } from 'vitest'
import { bootCheck } from '../../services/boot/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { mechanismCheck } from '../mechanism/index.ts'
import { inShort, mechanismsOf, partFaults } from '../mechanism/testing.ts'
import { callsOf } from './calls/index.ts'
import { programsCheck } from './index.ts'

const CHECKS = [bootCheck, programsCheck, mechanismCheck]

function namesIn(kind: string): readonly string[] {
  return readdirSync(new URL(`./fixtures/${kind}/`, import.meta.url)).sort()
}

function contentOf(kind: string, name: string): Buffer {
  return readFileSync(new URL(`./fixtures/${kind}/${name}`, import.meta.url))
}

function programOf(kind: string, name: string) {
  return testArtefact(`usr/bin/${name}`, contentOf(kind, name), { format: 'elf', mode: 0o755 })
}

function runOf(kind: string, name: string, ...more: Parameters<typeof runChecks>[1]) {
  const run = runChecks(CHECKS, [programOf(kind, name), ...more])
  expect(partFaults(run)).toEqual([])
  for (const { polarity, overturnedBy } of run.evidence)
    if (polarity === 'against') expect(overturnedBy?.en).toMatch(/\S/)
  return run
}

function linesOf(kind: string, name: string): readonly string[] {
  return inShort(runOf(kind, name)).filter((line) => !/ open: /.test(line))
}

const PLAIN = namesIn('positive').filter((name) => !/openssl|hands-over/.test(name))

describe('update.programs', () => {
  it.each(PLAIN)(
    'tells what %s fetches with, from where, what it writes, and which check it switches off',
    (name) => {
      expect(linesOf('positive', name)).toEqual([
        `program:/usr/bin/${name} agent: /usr/bin/${name} imports curl_easy_perform and has texts that write parts of the system (mtd write). @ usr/bin/${name}`,
        `program:/usr/bin/${name} source: An address that speaks of firmware stands in /usr/bin/${name}: https://updates.example.com/firmware/sample.bin. @ usr/bin/${name}`,
        `program:/usr/bin/${name} transport against: /usr/bin/${name} has a call that switches a check of the server off: curl_easy_setopt(…, CURLOPT_SSL_VERIFYPEER, 0). @ usr/bin/${name}`,
      ])
    },
  )

  it('tells what only may be for connections of a server with less confidence, and what verifies', () => {
    const parts = mechanismsOf(runOf('positive', 'updater-openssl')).flatMap((one) => one.parts)
    expect(parts.map(({ id, polarity, confidence }) => [id, polarity, confidence.grade])).toEqual([
      ['agent', 'neutral', 'low'],
      ['transport', 'against', 'low'],
      ['packageCheck', 'neutral', 'low'],
    ])
  })

  it('tells who hands updates to a client', () => {
    expect(linesOf('positive', 'updater-hands-over')).toEqual([
      'program:/usr/bin/updater-hands-over agent: /usr/bin/updater-hands-over can hand updates to SWUpdate (swupdate_async_start). @ usr/bin/updater-hands-over',
    ])
  })

  it('says nothing of programs that do one of both, and of clients that are told elsewhere', () => {
    for (const name of namesIn('negative')) expect(linesOf('negative', name), name).toEqual([])
    const known = testArtefact('usr/bin/swupdate', contentOf('positive', 'updater-arm'), { format: 'elf' })
    expect(inShort(runChecks(CHECKS, [known]))).toEqual([])
  })

  it.each(namesIn('near-miss'))('holds nothing against %s', (name) => {
    const run = runOf('near-miss', name)
    expect(mechanismsOf(run)).toHaveLength(1)
    expect(run.evidence.filter(({ polarity }) => polarity === 'against')).toEqual([])
  })

  it('tells where a check is switched on as well', () => {
    const parts = mechanismsOf(runOf('near-miss', 'on-or-off-mipsel')).flatMap((one) => one.parts)
    expect(parts.filter(({ id }) => id === 'transport')).toMatchObject([
      { checks: 'unknown', polarity: 'neutral' },
    ])
  })

  it('tells what starts it', () => {
    const started = (...files: Parameters<typeof runChecks>[1]) =>
      mechanismsOf(runOf('positive', 'updater-arm', ...files)).flatMap(({ parts }) =>
        parts.flatMap((part) => (part.id === 'agent' ? [part.started] : [])),
      )
    const inittab = (line: string) => testArtefact('etc/inittab', `${line}\n`)
    expect(started()).toEqual(['unknown'])
    expect(started(inittab('::respawn:/usr/bin/updater-arm -d'))).toEqual(['boot'])
    expect(started(inittab('::respawn:/usr/bin/other'))).toEqual(['unknown'])
  })

  it('reads constants before calls as they are', () => {
    const names = new Set(['curl_easy_setopt', 'curl_easy_perform'])
    for (const name of PLAIN) {
      const calls = callsOf(parseElf(memoryBytes(contentOf('positive', name))), names)
      const given = calls.map((call) => [call.name, call.constants.get(1), call.constants.get(2)])
      expect(given.slice(1), name).toEqual([
        ['curl_easy_setopt', 64, 0],
        ['curl_easy_setopt', 81, 2],
        ['curl_easy_perform', undefined, undefined],
      ])
    }
  })

  it('stands flipped bytes of programs of all processors', () => {
    const names = new Set(['curl_easy_setopt', 'curl_easy_perform', 'SSL_CTX_set_verify'])
    for (const name of namesIn('positive')) {
      const content = contentOf('positive', name)
      for (let at = 16; at < content.length; at += 7) {
        const damaged = Buffer.from(content)
        damaged[at] = (damaged[at] as number) ^ 0xff
        runChecks(CHECKS, [testArtefact('usr/bin/x', damaged, { format: 'elf' })])
      }
      for (let length = 64; length < content.length; length += 97) {
        const cut = testArtefact('usr/bin/x', content.subarray(0, length), { format: 'elf' })
        expect(() => runChecks(CHECKS, [cut])).not.toThrow()
      }
      expect(callsOf(parseElf(memoryBytes(content)), names).length).toBeLessThan(10)
    }
  })
})
