import { describe, expect, it } from 'vitest'
import type { ReleaseSecret } from '../secrets/secret.ts'
import { compareFiles } from './files.ts'
import { pathInside, withoutNames } from './paths.ts'
import { compareSecrets } from './secrets.ts'
import { orderOf } from './versions.ts'

describe('versions', () => {
  it.each([
    ['1.9', '1.10', 'up'],
    ['1.10', '1.9', 'down'],
    ['1.2', '1.2.0', 'equal'],
    ['v2.0', 'V2.1', 'up'],
    ['1.2.3-rc1', '1.2.3', 'up'],
    ['1.2.3', '1.2.3-rc1', 'down'],
    ['1.2.3-rc2', '1.2.3-rc10', 'up'],
    ['1.2.3+4', '1.2.3+5', 'up'],
    ['release-1', 'release-2', 'up'],
    ['3', '4', 'up'],
    ['99999999999999999998', '99999999999999999999', 'up'],
    ['2024.02', 'v3-beta', undefined],
    ['alpha', 'beta', undefined],
    ['1.2.3-rc1', '1.2.3-beta1', undefined],
    ['', '1', undefined],
    ['1'.repeat(300), '2', undefined],
  ])('%s → %s: %s', (old, added, order) => {
    expect(orderOf(old, added)).toBe(order)
  })
})

describe('places', () => {
  it('lose names of files and offsets', () => {
    expect(withoutNames('fw-1.2.bin@0x40:squashfs/etc/shadow')).toBe(':squashfs/etc/shadow')
    expect(withoutNames('rel/fw-1.2.bin@0x40:squashfs/etc/shadow')).toBe(':squashfs/etc/shadow')
    expect(withoutNames('root/etc/shadow')).toBe('/etc/shadow')
    expect(pathInside('a@0x0:fit/images/x@0x0:squashfs/etc/shadow')).toBe('etc/shadow')
    expect(pathInside('root/etc/shadow')).toBe('etc/shadow')
  })
})

const file = (path: string, sha256: string) => ({ path, sha256, inner: path.slice(path.indexOf('/') + 1) })

describe('files', () => {
  it('are told by place and content', () => {
    const old = [
      file('a-1.bin@0x0:squashfs/same', '1'),
      file('a-1.bin@0x0:squashfs/changed', '2'),
      file('a-1.bin@0x0:squashfs/old-place', '3'),
      file('a-1.bin@0x0:squashfs/gone', '4'),
    ]
    const added = [
      file('a-2.bin@0x1000:squashfs/same', '1'),
      file('a-2.bin@0x1000:squashfs/changed', '9'),
      file('a-2.bin@0x1000:squashfs/new-place', '3'),
      file('a-2.bin@0x1000:squashfs/new', '5'),
    ]
    expect(compareFiles(old, added)).toEqual({
      equal: 1,
      moved: 1,
      changed: 1,
      added: 1,
      removed: 1,
      changedPaths: [{ old: 'a-1.bin@0x0:squashfs/changed', new: 'a-2.bin@0x1000:squashfs/changed' }],
      addedPaths: ['a-2.bin@0x1000:squashfs/new'],
      removedPaths: ['a-1.bin@0x0:squashfs/gone'],
    })
  })

  it('in two slots are not taken for changes', () => {
    const slots = [file('a@0x0:squashfs/x', '1'), file('a@0x9000:squashfs/x', '2')]
    expect(compareFiles(slots, slots.toReversed())).toMatchObject({ equal: 2, changed: 0, added: 0 })
  })

  it('of another container come together by their path', () => {
    const [old, added] = [
      [file('a@0x40:squashfs/etc/x', '1')],
      [file('b@0x0:fit/images/r@0x0:squashfs/etc/x', '2')],
    ]
    expect(compareFiles(old, added)).toMatchObject({ changed: 1, added: 0, removed: 0 })
  })
})

function secret(more: Partial<ReleaseSecret>): ReleaseSecret {
  const place = { path: 'a@0x0:squashfs/etc/shadow', root: '', inner: '', offset: 0, length: 1, sha256: '' }
  return {
    kind: 'account',
    subject: 'account',
    opens: 'device',
    name: 'root',
    place,
    slot: ':squashfs/etc/shadow account root',
    form: 'clear',
    digest: '1',
    salt: null,
    exhausted: false,
    algorithm: null,
    publicSha256: null,
    known: false,
    weakness: null,
    ...more,
  }
}

describe('secrets', () => {
  const change = (old: Partial<ReleaseSecret>, added: Partial<ReleaseSecret>) =>
    compareSecrets([secret(old)], [secret(added)]).map((one) => one.change)

  it('stay, wherever they lie', () => {
    expect(change({}, {})).toEqual(['stayed'])
    expect(change({}, { slot: ':squashfs/etc/other account root' })).toEqual(['stayed'])
  })

  it('change in their place', () => {
    expect(change({}, { digest: '2' })).toEqual(['changed'])
    expect(change({ form: 'hashed', salt: 's' }, { form: 'hashed', salt: 's', digest: '2' })).toEqual([
      'changed',
    ])
  })

  it('are not comparable under salts of their own', () => {
    expect(change({ form: 'hashed', salt: 's' }, { form: 'hashed', salt: 't', digest: '2' })).toEqual([
      'not-comparable',
    ])
  })

  it('are new, or went', () => {
    expect(change({}, { digest: '2', slot: 'x' })).toEqual(['new', 'went'])
  })

  it('that are empty are none that move', () => {
    expect(change({ form: 'empty' }, { form: 'empty', slot: 'x' })).toEqual(['new', 'went'])
  })
})
