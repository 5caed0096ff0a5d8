import { expect, it } from 'vitest'
import type { ContainerFormat } from '../contract.ts'
import { PASSWD, sha256 } from './archive.ts'
import { collect } from './collect.ts'
import { fixture } from './fixtures.ts'

/** Of the first 8,000 bytes of plain.bin of packages/bytes. */
export const CODE = '968a02e7a3bc5612fbb17f79ac96c0fa210c8fdedc8320681952610ebc6c6ec5'

const STORED = ['stored.part1.rar', 'stored.part2.rar', 'stored.part3.rar']

/** What both versions of RAR owe to archives over several volumes. @param solid names of the volumes of a solid one */
export function rarVolumesSuite<Plan>(format: ContainerFormat<Plan>, solid: readonly string[]): void {
  const volumesOf = (names: readonly string[]) =>
    names.map((name) => fixture(format.name, `../split/${name}`))

  it.each([STORED, solid])('reads volumes that follow each other: %s', (...names) => {
    const volumes = volumesOf(names)
    const whole = collect(format, Buffer.concat(volumes))
    expect(whole.problems).toEqual([])
    expect(sha256(whole.contents.get('bin/code'))).toBe(CODE)
    expect(whole.contents.get('etc/passwd')?.toString()).toBe(PASSWD)
    expect(whole.region.end).toBeLessThanOrEqual(volumes.reduce((sum, { length }) => sum + length, 0))

    const [first, ...others] = volumes as [Buffer, ...Buffer[]]
    const path = names.includes('stored.part1.rar') ? 'bin/code' : expect.any(String)
    expect(collect(format, first).problems).toContainEqual({
      ...{ code: 'unsupported', message: 'it goes on in a volume that is not there', path },
    })
    const last = others.at(-1) as Buffer
    expect(collect(format, last).problems).toContainEqual({
      ...{ code: 'unsupported', message: 'it began in a volume that is not there', path: expect.any(String) },
    })
  })

  it('tells a CRC that differs in what goes on over volumes', () => {
    const volumes = volumesOf(STORED)
    const second = volumes[1] as Buffer
    second[500] = (second[500] as number) ^ 1
    const { contents, problems } = collect(format, Buffer.concat(volumes))
    expect(problems).toMatchObject([{ code: 'checksum', path: 'bin/code' }])
    expect(contents.get('bin/code')).toHaveLength(8000)
  })
}
