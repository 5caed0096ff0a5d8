import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { pjl } from './index.ts'
import { UEL } from './parse.ts'

function membersOf(name: string): ReadonlyMap<string, Buffer> {
  const { contents, problems } = collect(pjl, fixture('pjl', name))
  expect(problems).toEqual([])
  return contents
}

describe('pjl', () => {
  it('gives what follows on a language switch, as Ghostscript writes it', () => {
    const members = membersOf('pxlmono.prn')
    expect([...members.keys()]).toEqual(['1-pclxl.pjl', '1-pclxl'])
    expect(members.get('1-pclxl.pjl')?.toString()).toMatch(/^@PJL SET [\s\S]*ENTER LANGUAGE = PCLXL\n$/)
    expect(members.get('1-pclxl')?.subarray(0, 11).toString()).toBe(') HP-PCL XL')
    expect(members.get('1-pclxl')).toHaveLength(210)
  })

  it('gives an update by its size, with exits among its texts', () => {
    const members = membersOf('named.rfu')
    expect([...members.keys()]).toEqual(['1-upgrade.pjl', '1-upgrade'])
    expect(members.get('1-upgrade.pjl')?.toString()).toContain('VERSION=070101')
    expect(members.get('1-upgrade')?.toString('latin1')).toContain(lines(1, 300))
  })

  it('gives an update that is sent outside of any language, and its fingerprint', () => {
    const members = membersOf('newer.rfu')
    expect([...members.keys()]).toEqual(['1-data', '2-upgrade.pjl', '2-upgrade', 'fingerprint.txt'])
    expect(members.get('2-upgrade')?.toString()).toBe(lines(1, 300))
    expect(members.get('fingerprint.txt')?.toString()).toMatch(/^--=<\/Begin [\s\S]*\\>=--\n$/)
  })

  it('gives files for the printer, and firmware without a size', () => {
    const members = membersOf('stored.prn')
    expect(members.get('1-fsdownload')?.toString()).toBe('far\n')
    expect(members.get('2-acl')?.toString()).toBe(lines(1, 300))
  })

  it('does not take an exit among the texts of firmware for its end', () => {
    const firmware = `abc${UEL}@PJL\n\0def`
    const image = Buffer.from(`${UEL}@PJL ENTER LANGUAGE=ACL\n${firmware}${UEL}@PJL EOJ\n${UEL}`)
    const { contents, problems, region } = collect(pjl, image)
    expect(problems).toEqual([])
    expect(contents.get('1-acl')?.toString()).toBe(firmware)
    expect(region.end).toBe(image.length)
  })

  it('tells when the end of a payload is missing', () => {
    const cut = collect(pjl, fixture('pjl', 'named.rfu').subarray(0, 400))
    expect(cut.problems).toMatchObject([{ code: 'truncated', path: '1-upgrade' }])
    const open = collect(pjl, fixture('pjl', 'pxlmono.prn').subarray(0, 200))
    expect(open.problems).toMatchObject([{ code: 'truncated', path: '1-pclxl' }])
  })

  it('takes the last exit where none holds', () => {
    const image = Buffer.from(`${UEL}@PJL ENTER LANGUAGE=ACL\nabc${UEL}\0def${UEL}\0\0`)
    const { contents, problems, region } = collect(pjl, image)
    expect(problems).toMatchObject([{ code: 'truncated', path: '1-acl' }])
    expect(contents.get('1-acl')?.toString()).toBe(`abc${UEL}\0def`)
    expect(region.end).toBe(image.length - 2)
  })
})

for (const name of ['pxlmono.prn', 'named.rfu', 'newer.rfu', 'stored.prn'])
  hostileSuite({ format: pjl, fixture: fixture('pjl', name) })
