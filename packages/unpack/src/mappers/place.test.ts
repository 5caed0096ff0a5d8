import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hostPath, hostPathOf, linkTarget, placeOf } from './place.ts'

const text = (path: string) => placeOf(path).map((part) => part.toString('latin1'))

const PARTS = fc
  .array(fc.constantFrom('.', '..', '/', '%2E', '\\', '\0', '%', 'a'), { maxLength: 8 })
  .map((parts) => parts.join(''))

describe('where a nest path is written', () => {
  it('is the same names as bytes', () => {
    expect(text('fw.bin@0x40:squashfs/etc/shadow')).toEqual(['fw.bin@0x40:squashfs', 'etc', 'shadow'])
    expect(text('a/%FFb%0Ac')).toEqual(['a', '\xffb\nc'])
  })

  it('stays escaped where the bytes would mean something to the host', () => {
    expect(text('t/%2E%2E/%2E%2E/etc')).toEqual(['t', '%2E%2E', '%2E%2E', 'etc'])
    expect(text('t/a%2Fb')).toEqual(['t', 'a%2Fb'])
    expect(text('t/a%00b')).toEqual(['t', 'a%00b'])
    expect(text('t//x')).toEqual(['t', '%', 'x'])
    expect(text('../t/./..')).toEqual(['%2E%2E', 't', '%2E', '%2E%2E'])
    expect(text('a\0b')).toEqual(['a%00b'])
  })

  it('shortens names that no file system takes, and keeps them apart', () => {
    const [long] = placeOf('x'.repeat(4096))
    const [other] = placeOf(`${'x'.repeat(4095)}y`)
    expect(long?.length).toBeLessThanOrEqual(255)
    expect(long?.equals(other as Buffer)).toBe(false)
  })

  it('never leads out of a folder', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 30 }), PARTS), (path) => {
        for (const part of text(path)) {
          expect(['', '.', '..']).not.toContain(part)
          expect(part).not.toMatch(/[/\0]/)
        }
      }),
    )
  })
})

describe('the path that the host is given', () => {
  const given = (path: string) => Buffer.from(hostPathOf('/o', path))
  const long = 'x'.repeat(241)

  it('is text where a path is plain, and means the folder itself where it is empty', () => {
    expect(hostPathOf('/o', 'fw.bin@0x40:squashfs/etc/.a b~')).toBe('/o/fw.bin@0x40:squashfs/etc/.a b~')
    expect(hostPathOf('/o', '')).toBe('/o')
    for (const path of ['a/..', '../a', 'a/./b', '/a', 'a//b', 'a/', 'a\\b', 'a%2Fb', `a/${long}/b`, '\xfc'])
      expect(hostPathOf('/o', path)).toBeInstanceOf(Buffer)
  })

  it('is the same place either way', () => {
    const part = fc.constantFrom(
      '.',
      '..',
      '...',
      '.a',
      '',
      'a',
      '%41',
      '%2F',
      '%2E%2E',
      'a b',
      '\u00fc',
      '\\',
      '\n',
      long,
    )
    const path = fc.oneof(
      fc.string({ minLength: 1, maxLength: 30 }),
      fc.array(part, { minLength: 2, maxLength: 6 }).map((parts) => parts.join('/')),
    )
    fc.assert(
      fc.property(path, (one) => {
        expect(given(one)).toEqual(hostPath('/o', placeOf(one)))
      }),
    )
  })
})

describe('the target of a link', () => {
  const place = placeOf('fw@0x0:squashfs/usr/sbin/telnetd')

  it('is relative, and meant from the root of its container', () => {
    expect(linkTarget('/bin/busybox', place, 1)).toBe('../../bin/busybox')
    expect(linkTarget('../../bin/busybox', place, 1)).toBe('../../bin/busybox')
    expect(linkTarget('dropbear', place, 1)).toBe('dropbear')
    expect(linkTarget('/usr/sbin', place, 1)).toBe('.')
    expect(linkTarget('/../../etc/passwd', place, 1)).toBe('../../etc/passwd')
  })

  it('is refused where it leads outside', () => {
    expect(linkTarget('../../../../etc/passwd', place, 1)).toBeUndefined()
    expect(linkTarget('%2E%2E/../../../x', place, 1)).toBeUndefined()
  })

  it('stays inside whatever it is', () => {
    const step = fc.constantFrom('..', '.', 'a', 'etc', '', '%2E%2E')
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.boolean(), (steps, absolute) => {
        const target = linkTarget(`${absolute ? '/' : ''}${steps.join('/')}`, place, 1)
        const depth = (target ?? '').split('/').filter((one) => one === '..').length
        expect(depth).toBeLessThanOrEqual(2)
      }),
    )
  })
})
