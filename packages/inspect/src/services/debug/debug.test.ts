import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runChecks, testArtefact } from '../../testing.ts'
import { debugCheck } from './index.ts'

function evidenceOf(kind: string) {
  const folder = new URL(`./fixtures/${kind}/`, import.meta.url)
  return Object.fromEntries(
    readdirSync(folder).map((name) => {
      const tree = testArtefact('', readFileSync(new URL(name, folder)), { type: 'region', format: 'fdt' })
      return [name, runChecks([debugCheck], [tree]).evidence]
    }),
  )
}

describe('services.debug', () => {
  it('tells shells, consoles and debug interfaces', () => {
    const found = evidenceOf('positive')
    expect(found['shell.dtb']?.map(({ kind, polarity }) => [kind, polarity])).toEqual([
      ['service.shell.kernel', 'against'],
      ['service.console.kernel', 'neutral'],
    ])
    expect(found['shell.dtb']?.[0]).toMatchObject({
      observation: { starts: '/bin/sh' },
      confidence: { grade: 'low' },
      overturnedBy: { en: expect.stringMatching(/\S/) },
    })
    expect(found['console.dtb']?.map(({ observation }) => observation)).toMatchObject([
      { consoles: ['ttyS0'] },
    ])
    expect(found['jtag.dtb']?.map(({ observation }) => observation)).toMatchObject([{ nodes: ['/jtag@0'] }])
  })

  it('is silent about the rest', () => {
    expect(Object.values(evidenceOf('negative')).flat()).toEqual([])
    expect(Object.values(evidenceOf('near-miss')).flat()).toEqual([])
  })

  it('stands a tree that breaks off', () => {
    const whole = readFileSync(new URL('./fixtures/positive/shell.dtb', import.meta.url))
    for (let length = 0; length < whole.length; length += 7) {
      const tree = testArtefact('', whole.subarray(0, length), { type: 'region', format: 'fdt' })
      expect(runChecks([debugCheck], [tree]).evidence.length).toBeLessThanOrEqual(2)
    }
  })
})
