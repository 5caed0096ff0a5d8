import { readdirSync, readFileSync } from 'node:fs'
import { parseMtdparts } from '@messlatte/unpack'
import { describe, expect, it } from 'vitest'
import { runChecks, testArtefact } from '../../testing.ts'
import { flashLayoutCheck } from './index.ts'

function look(content: Buffer, name: string) {
  const format = name.endsWith('.dtb') ? 'fdt' : undefined
  const artefact = testArtefact('', content, format ? { type: 'region', format } : {})
  return runChecks([flashLayoutCheck], [artefact]).evidence
}

function layoutsIn(kind: string) {
  const folder = new URL(`./fixtures/${kind}/`, import.meta.url)
  return Object.fromEntries(
    readdirSync(folder).map((name) => [
      name,
      look(readFileSync(new URL(name, folder)), name).map(
        ({ observation }) => (observation as { readonly layouts?: unknown }).layouts,
      ),
    ]),
  )
}

describe('scope.flash-layout', () => {
  it('reads partitions of device trees, in both forms', () => {
    const found = layoutsIn('positive')
    expect(found['fixed.dtb']).toEqual([
      [
        {
          chip: '/flash@0/partitions',
          partitions: [
            { name: 'u-boot', offset: 0, size: 0x30000, readOnly: true },
            { name: 'factory', offset: 0x40000, size: 0x10000, readOnly: true },
            { name: 'firmware', offset: 0x50000, size: 0xfb0000, readOnly: false },
          ],
        },
      ],
    ])
    expect(found['old.dtb']).toEqual([
      [
        {
          chip: '/nand',
          partitions: [
            { name: 'boot', offset: 0, size: 0x100000, readOnly: false },
            { name: 'ubi', offset: 0x100000, size: 2 ** 32, readOnly: false },
          ],
        },
      ],
    ])
  })

  it('reads arguments of kernels, wherever they stand', () => {
    const found = layoutsIn('positive')
    expect(found['cmdline.txt']).toEqual([
      [
        {
          chip: '1f000000.spi',
          partitions: [
            { name: 'boot', offset: 0, size: 0x40000, readOnly: false },
            { name: 'part-1', offset: 0x40000, readOnly: false },
          ],
        },
      ],
    ])
    expect(found['env.bin']).toHaveLength(1)
    expect(found['env.bin']?.[0]).toMatchObject([
      {
        chip: 'spi0.0',
        partitions: [{ readOnly: true }, {}, { offset: 0x40000, size: 0x200000 }, { name: 'rootfs' }],
      },
      { chip: 'nand.0', partitions: [{ name: 'more', offset: 0x200000, size: 0x100000 }] },
    ])
  })

  it('is silent about the rest', () => {
    expect(Object.values(layoutsIn('negative')).flat()).toEqual([])
    expect(Object.values(layoutsIn('near-miss')).flat()).toEqual([])
  })

  it('stands trees that break off, and endless arguments', () => {
    const whole = readFileSync(new URL('./fixtures/positive/fixed.dtb', import.meta.url))
    for (let length = 0; length < whole.length; length += 7)
      expect(look(whole.subarray(0, length), 'cut.dtb').length).toBeLessThanOrEqual(1)
    expect(parseMtdparts(`a:${'1k,'.repeat(5000)}-`)).toEqual([])
    expect(look(Buffer.from('mtdparts='), 'end.txt')).toEqual([])
  })
})
