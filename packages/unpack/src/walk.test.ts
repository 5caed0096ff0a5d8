import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import type { HeldPart, SharedContent } from './content.ts'
import {
  type ContainerFormat,
  type EntryMeta,
  type Format,
  FormatError,
  type LeafFormat,
  type StreamFormat,
} from './contract.ts'
import { type Found, Walk } from './index.ts'
import { BudgetError, Counters, defaultLimits, type Limits } from './limits.ts'
import { setsOf } from './split/sets.ts'

/** Bytes before what `mapped` holds. */
const HOLE = 5000

/** `BOX1`, u8 count, then members: u8 name length, name, u8 content length, content. */
const box: ContainerFormat<{ name: string; at: number; length: number }> = {
  kind: 'container',
  name: 'box',
  title: 'test box',
  references: [],
  limits: [],
  magic: [{ bytes: 'BOX1', at: 0 }],
  carve: true,
  recognise(bytes, at) {
    let end = at + 5
    for (let count = bytes.view(at + 4, 1)[0] as number; count > 0; count--) {
      end += 1 + (bytes.view(end, 1)[0] as number)
      end += 1 + (bytes.view(end, 1)[0] as number)
    }
    return end <= bytes.size ? { start: at, end } : undefined
  },
  *open(bytes, region) {
    let at = region.start + 5
    for (let count = bytes.view(region.start + 4, 1)[0] as number; count > 0; count--) {
      const nameLength = bytes.view(at, 1)[0] as number
      const name = Buffer.from(bytes.view(at + 1, nameLength)).toString('latin1')
      at += 1 + nameLength
      const length = bytes.view(at, 1)[0] as number
      yield { cost: length, entries: 1, plan: { name, at: at + 1, length } }
      at += 1 + length
    }
  },
  read(bytes, _region, plan, sink) {
    const meta = { path: plan.name, type: 'file', mode: 0o600, uid: 1, gid: 2 } as const
    if (plan.name === 'sliced') return sink.slice(meta, plan.at, plan.length)
    if (plan.name === 'mapped' || plan.name === 'far') {
      const at = plan.name === 'far' ? 2 ** 51 : HOLE
      return sink.mapped(meta, at + plan.length, [{ at, length: plan.length, from: plan.at }])
    }
    sink.file(meta, plan.length, (out) => {
      if (plan.name === 'broken') throw new FormatError('structure', 'broken on purpose')
      if (plan.name === 'crash') throw new TypeError('a fault of the reader')
      out.set(bytes.view(plan.at, plan.length))
    })
  },
}

/** `RUN1`, and a program to the end. */
const program: ContainerFormat<undefined> = {
  kind: 'container',
  name: 'program',
  title: 'test program',
  references: [],
  limits: [],
  magic: [{ bytes: 'RUN1', at: 0 }],
  carve: true,
  recognise: (bytes, at) => ({ start: at, end: bytes.size }),
  open: () => [{ cost: 1, entries: 1, plan: undefined }],
  read(bytes, { start }, _plan, sink) {
    const meta: EntryMeta = { path: 'body', type: 'file', mode: 0, uid: 0, gid: 0, program: true }
    sink.slice(meta, start + 4, bytes.size - start - 4)
  },
}

/** `OWN1`, and a member that is all of it. */
const own: ContainerFormat<undefined> = {
  ...program,
  name: 'own',
  magic: [{ bytes: 'OWN1', at: 0 }],
  read(bytes, { start }, _plan, sink) {
    const meta: EntryMeta = { path: 'all', type: 'file', mode: 0, uid: 0, gid: 0 }
    sink.slice(meta, start, bytes.size - start)
  },
}

/** `DUP1`, u8: a stream that repeats that byte 10,000 times. */
const repeat: StreamFormat = {
  kind: 'stream',
  name: 'repeat',
  title: 'test stream',
  references: [],
  limits: [],
  magic: [{ bytes: 'DUP1', at: 0 }],
  carve: true,
  recognise: (bytes, at) => bytes.size >= at + 5,
  decode(bytes, at, write) {
    for (let i = 0; i < 10; i++) write(Buffer.alloc(1000, bytes.view(at + 4, 1)[0]))
    return { end: at + 5, checksum: 'none' }
  },
}

/** `CUT1`, u8: as the one before, but broken behind that. */
const broken: StreamFormat = {
  ...repeat,
  name: 'broken',
  magic: [{ bytes: 'CUT1', at: 0 }],
  decode: (bytes, at, write) => ({
    ...repeat.decode(bytes, at, write),
    problem: { code: 'corrupt', message: 'broken on purpose' },
  }),
}

/** `WEAK`: broken in the same way, and too weak to be taken then. */
const weak: StreamFormat = {
  ...broken,
  name: 'weak',
  magic: [{ bytes: 'WEAK', at: 0 }],
  onlyWhole: true,
}

const leaf: LeafFormat = {
  kind: 'leaf',
  name: 'leaf',
  title: 'test leaf',
  references: [],
  limits: [],
  magic: [{ bytes: 'LEAF', at: 0 }],
  carve: true,
  recognise: (_bytes, at) => ({ start: at, end: at + 8 }),
}

/** Begins as the leaf does, and is there first, as kernels and programs are both ELF. */
const bigLeaf: ContainerFormat<never> = {
  ...leaf,
  kind: 'container',
  name: 'big-leaf',
  title: 'test container with the magic of a leaf',
  recognise: (bytes, at) =>
    bytes.size - at > 32 && bytes.view(at + 4, 1)[0] === 0x21 ? { start: at, end: bytes.size } : undefined,
  *open() {},
  read() {},
}

/** `PICT`, in the middle of other bytes. */
const picture: LeafFormat = {
  ...leaf,
  name: 'picture',
  magic: [{ bytes: 'PICT', at: 0 }],
  inlaid: true,
  recognise: (_bytes, at) => ({ start: at, end: at + 4 }),
}

/** `TCIP?`, which is sought. */
const sought: LeafFormat = {
  ...picture,
  name: 'sought',
  magic: [],
  *candidates(bytes, { start, end }) {
    const hit = Buffer.from(bytes.view(start, end - start)).indexOf('TCIP')
    if (hit >= 0) yield start + hit
  },
  recognise: (_bytes, at) => ({ start: at, end: at + 5 }),
}

const FORMATS: readonly Format[] = [program, own, box, repeat, broken, weak, bigLeaf, leaf, picture, sought]

function boxOf(members: readonly (readonly [string, Uint8Array])[]): Buffer {
  return Buffer.concat([
    Buffer.from(`BOX1${String.fromCharCode(members.length)}`, 'latin1'),
    ...members.flatMap(([name, content]) => [
      Buffer.from([name.length]),
      Buffer.from(name, 'latin1'),
      Buffer.from([content.length]),
      content,
    ]),
  ])
}

/** As the engine does it, where all is offered that may be a part. */
function walkOverParts(files: readonly (readonly [string, Uint8Array])[], skip: readonly string[] = []) {
  const paths: string[] = []
  const held: HeldPart[] = []
  const all = defaultLimits()
  const walk = new Walk({
    formats: FORMATS,
    limits: all,
    counters: new Counters(all),
    visitor: { visit: ({ path, covered }) => void paths.push(covered ? `${path} (covered)` : path) },
    skip: new Set(skip),
    keys: [],
    later: {
      part(part) {
        held.push(part)
        return true
      },
    },
    now: () => {},
  })
  for (const [name, content] of files) walk.releaseFile(name, memoryBytes(content))
  for (const set of setsOf(held)) walk.heldParts(set)
  return { paths, tally: walk.takeTally() }
}

function walkOver(content: Uint8Array, limits: Partial<Limits> = {}, skip: readonly string[] = []) {
  const found: (Found & { content: string })[] = []
  const all = { ...defaultLimits(), ...limits }
  const walk = new Walk({
    formats: FORMATS,
    limits: all,
    counters: new Counters(all),
    visitor: {
      visit: (one) =>
        void found.push({
          ...one,
          content: Buffer.from(one.bytes.view(0, Math.min(one.bytes.size, 20))).toString('latin1'),
        }),
    },
    skip: new Set(skip),
    keys: [],
    later: {},
    now: () => {},
  })
  walk.releaseFile('fw.bin', memoryBytes(content))
  return { found, tally: walk.takeTally(), paths: found.map((one) => one.path) }
}

describe('the walk', () => {
  it('opens what begins right behind a leaf, however short it is, and leaves other short tails alone', () => {
    const behind = boxOf([['notes', Buffer.from('short')]])
    const program = Buffer.from('LEAF1234')
    expect(walkOver(Buffer.concat([program, behind])).paths).toContain('fw.bin@0x8:box/notes')
    expect(walkOver(Buffer.concat([program, Buffer.from('+'), behind])).paths).toEqual(['fw.bin'])
  })

  it('accounts for every byte of a large file that another thread took over, and has it searched, though it is not what it begins as', () => {
    const deferred: SharedContent[] = []
    const shown: string[] = []
    const all = defaultLimits()
    const walk = new Walk({
      formats: FORMATS,
      limits: all,
      counters: new Counters(all),
      visitor: { visit: ({ path, covered }) => void shown.push(`${path} ${covered}`) },
      skip: new Set(),
      keys: [],
      later: { content: (content) => deferred.push(content) > 0 },
      now: () => {},
    })
    const size = 4 * 1024 * 1024
    walk.releaseFile('fw.bin', memoryBytes(Buffer.concat([Buffer.from('WEAK'), Buffer.alloc(size, 0xa5)])))
    expect(deferred).toHaveLength(1)
    for (const content of deferred) walk.deferredContent(content)
    expect(shown).toEqual(['fw.bin false'])
    expect(walk.takeTally()).toMatchObject({ unknownBytes: size + 4 })
  })

  it('shows members, regions and gaps with their nest paths, and accounts for every byte', () => {
    const inner = boxOf([['etc/passwd', Buffer.from('root')]])
    const image = Buffer.concat([
      Buffer.alloc(64, 0xff),
      inner,
      Buffer.from('unknown stuff'),
      Buffer.from('DUP1x'),
      Buffer.alloc(100),
    ])
    const { paths, tally } = walkOver(image)
    const at = 64 + inner.length
    expect(paths.toSorted()).toEqual(
      [
        'fw.bin',
        'fw.bin@0x40:box',
        'fw.bin@0x40:box/etc/passwd',
        `fw.bin@0x${at.toString(16)}:unknown`,
        `fw.bin@0x${(at + 13).toString(16)}:repeat`,
        `fw.bin@0x${(at + 13).toString(16)}:repeat/content`,
      ].toSorted(),
    )
    expect(tally.paddingBytes).toBe(164)
    expect(tally.unknownBytes).toBe(13)
    expect(tally.paddingBytes + tally.unknownBytes + inner.length + 5).toBe(image.length)
    expect(tally.formats).toEqual({ box: 1, repeat: 1 })
  })

  it('reads parts as what they are together, and accounts for each of them', () => {
    const whole = boxOf([
      ['etc/passwd', Buffer.from('root')],
      ['etc/group', Buffer.from('staff')],
    ])
    const files = [0, 1, 2].map((n) => [`fw.box.00${n + 1}`, whole.subarray(n * 13, n * 13 + 13)] as const)
    const { paths, tally } = walkOverParts(files)
    expect(paths).toEqual([
      ...files.map(([name]) => `${name} (covered)`),
      'fw.box.001@0x0:split (covered)',
      'fw.box.001@0x0:split/fw.box@0x0:box (covered)',
      'fw.box.001@0x0:split/fw.box@0x0:box/etc/passwd',
      'fw.box.001@0x0:split/fw.box@0x0:box/etc/group',
      'fw.box.001@0x0:split/fw.box (covered)',
    ])
    expect(tally.map).toEqual(
      files.map(([path, { length }]) => ({ path, offset: 0, length, kind: 'format', format: 'split' })),
    )
    expect(tally.formats).toEqual({ split: 1, box: 1 })
    // Where a run failed over what they are together, each is looked into by itself.
    const again = walkOverParts(files, ['fw.box.001@0x0:split'])
    expect(again.paths.some((path) => path.includes('split'))).toBe(false)
    expect(again.tally.damage).toEqual([])
    expect(again.tally.map.map(({ path }) => path).toSorted()).toEqual(files.map(([name]) => name))
  })

  it('tells which part is missing, and looks into what has no others by itself', () => {
    const box = boxOf([['etc/passwd', Buffer.from('root')]])
    const { paths, tally } = walkOverParts([
      ['fw.001', box],
      ['fw.003', Buffer.alloc(box.length, 'x')],
    ])
    expect(paths).toContain('fw.001@0x0:box/etc/passwd')
    expect(tally.damage).toEqual([
      { path: 'fw.001', code: 'truncated', message: 'the part fw.002 is missing' },
    ])
    expect(tally.map.map(({ path }) => path).toSorted()).toEqual(['fw.001', 'fw.003'])
  })

  it('takes a stream that breaks off, unless too little speaks for it', () => {
    expect(walkOver(Buffer.from('CUT1x')).tally).toMatchObject({
      formats: { broken: 1 },
      damage: [{ code: 'structure', message: 'broken on purpose' }],
    })
    expect(walkOver(Buffer.from('WEAKx')).tally).toMatchObject({ formats: {}, damage: [], unknownBytes: 5 })
  })

  it('knows what lies between structures of a program, unless it looks like something else', () => {
    const code = Buffer.from('code of some processor, which has no end of its own')
    const noise = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * index * 31) >> 5))
    const unknown = (...parts: Buffer[]) =>
      walkOver(Buffer.concat([...parts, boxOf([['x', Buffer.from('y')]])])).tally.unknownBytes
    const run = Buffer.from('RUN1')
    expect(unknown(code)).toBe(code.length)
    expect(unknown(run, code)).toBe(0)
    expect(unknown(run, Buffer.from('DUP1x'), code)).toBe(0)
    expect(unknown(run, noise)).toBe(noise.length)
  })

  it('opens a member that begins with its container once, and as something else all the same', () => {
    const inner = boxOf([['x', Buffer.from('more than a tiny file')]])
    const { paths, tally } = walkOver(Buffer.concat([Buffer.from('OWN1'), inner]))
    expect(paths).toEqual([
      'fw.bin@0x0:own',
      'fw.bin@0x0:own/all@0x4:box',
      'fw.bin@0x0:own/all@0x4:box/x',
      'fw.bin@0x0:own/all@0x0:unknown',
      'fw.bin@0x0:own/all',
      'fw.bin',
    ])
    expect(tally).toMatchObject({ limits: [], formats: { own: 1, box: 1 } })
  })

  it('accounts for what is inlaid, and leaves the stretch around it in one piece', () => {
    const [code, more] = [Buffer.from('code of some processor'), Buffer.from('and more of it'.repeat(4))]
    const inner = boxOf([['x', Buffer.from('y')]])
    const { found, paths, tally } = walkOver(
      Buffer.concat([
        inner,
        code,
        Buffer.from('PICT'),
        more,
        Buffer.from('TCIP?'),
        Buffer.from('PICT'),
        inner,
      ]),
    )
    const from = inner.length
    const whole = code.length + 4 + more.length + 5 + 4
    expect(paths.filter((path) => !path.includes('box'))).toEqual([
      `fw.bin@0x${from.toString(16)}:unknown`,
      'fw.bin',
    ])
    expect(found.find(({ type }) => type === 'unknown')?.bytes.size).toBe(whole)
    expect(tally.unknownBytes).toBe(whole - 13)
    expect(tally.formats).toEqual({ box: 2, picture: 2, sought: 1 })
    const parts = tally.map.map(({ offset, length, kind, format }) => [offset - from, length, format ?? kind])
    expect(parts.toSorted(([a], [b]) => Number(a) - Number(b)).slice(1, -1)).toEqual([
      [0, code.length, 'unknown'],
      [code.length, 4, 'picture'],
      [code.length + 4, more.length, 'unknown'],
      [whole - 9, 5, 'sought'],
      [whole - 4, 4, 'picture'],
    ])
  })

  it('shows a file that has nothing but inlaid structures as one, and one that lies alone by its name', () => {
    const picture = walkOver(Buffer.concat([Buffer.from('some code PICT'), Buffer.alloc(600, 'code')]))
    expect(picture.paths).toEqual(['fw.bin'])
    expect(picture.found[0]).toMatchObject({ type: 'file', covered: false })
    const inner = boxOf([['x', Buffer.from('y')]])
    expect(walkOver(Buffer.concat([inner, Buffer.from('PICT'), inner])).paths).toContain(
      `fw.bin@0x${inner.length.toString(16)}:picture`,
    )
  })

  it('opens containers within containers, sliced or put together', () => {
    const nested = boxOf([['sliced', boxOf([['x', boxOf([['deep', Buffer.from('deep content')]])]])]])
    const { paths } = walkOver(nested)
    expect(paths).toContain('fw.bin@0x0:box/sliced@0x0:box/x@0x0:box/deep')
  })

  it('opens what is mapped, and does not go to places that are too far away', () => {
    const inner = boxOf([['sliced', Buffer.from('deep content')]])
    const { found, paths, tally } = walkOver(
      boxOf([
        ['mapped', inner],
        ['far', inner],
      ]),
    )
    expect(paths).toContain(`fw.bin@0x0:box/mapped@0x${HOLE.toString(16)}:box/sliced`)
    expect(found.find(({ path }) => path.endsWith('/sliced'))?.content).toBe('deep content')
    expect(tally.limits).toMatchObject([{ limit: 'artefact', path: 'fw.bin@0x0:box/far' }])
    expect(paths).not.toContain('fw.bin@0x0:box/far')
  })

  it('keeps a container of an outer depth intact while an inner one is read', () => {
    const inner = boxOf([['a', Buffer.from('A'.repeat(50))]])
    const { found } = walkOver(
      boxOf([
        ['one', inner],
        ['two', Buffer.from('second')],
      ]),
    )
    const contents = Object.fromEntries(found.map((one) => [one.path, one.sha256().length]))
    expect(Object.keys(contents)).toContain('fw.bin@0x0:box/one@0x0:box/a')
    expect(found.find((one) => one.path.endsWith('/two'))?.content).toBe('second')
  })

  it('loses one broken member and nothing else, and says a fault of ours by its name', () => {
    const { paths, tally } = walkOver(
      boxOf([
        ['broken', Buffer.from('x')],
        ['crash', Buffer.from('y')],
        ['good', Buffer.from('z')],
      ]),
    )
    expect(paths).toContain('fw.bin@0x0:box/good')
    expect(tally.damage).toEqual([
      { path: 'fw.bin@0x0:box/broken', code: 'structure', message: 'broken on purpose' },
    ])
    expect(tally.limits.map(({ limit, path }) => ({ limit, path }))).toEqual([
      { limit: 'crash', path: 'fw.bin@0x0:box/crash' },
    ])
  })

  it('stops at its depth, and says where', () => {
    let image = boxOf([['end', Buffer.from('end')]])
    for (let i = 0; i < 10; i++) image = boxOf([['n', image]])
    const { tally, paths } = walkOver(image, { depth: 3 })
    expect(tally.limits.map((hit) => hit.limit)).toEqual(['depth'])
    expect(paths.some((path) => path.endsWith('/end'))).toBe(false)
  })

  it('cuts a content that is too large and still shows what came', () => {
    const { tally, found } = walkOver(Buffer.from('DUP1x'), { artefact: 2500 })
    expect(tally.limits.map((hit) => hit.limit)).toEqual(['artefact'])
    expect(found.find((one) => one.path === 'fw.bin@0x0:repeat/content')?.bytes.size).toBe(2000)
  })

  it('ends when the budget of the run is used up', () => {
    expect(() => walkOver(Buffer.from('DUP1x'), { bytes: 1500 })).toThrow(BudgetError)
    const many = boxOf(Array.from({ length: 20 }, (_, index) => [`m${index}`, Buffer.from('x')] as const))
    expect(() => walkOver(many, { entries: 5 })).toThrow(BudgetError)
  })

  it('leaves out what did harm before', () => {
    const { paths } = walkOver(boxOf([['a', Buffer.from('x')]]), {}, ['fw.bin@0x0:box'])
    expect(paths).toEqual(['fw.bin@0x0:box', 'fw.bin'])
  })

  it('does not search a content again whose search did harm before', () => {
    const image = boxOf([['inner', boxOf([['a', Buffer.from('x')]])]])
    const inner = 'fw.bin@0x0:box/inner'
    expect(walkOver(image).paths).toContain(`${inner}@0x0:box`)
    expect(walkOver(image, {}, [inner]).paths).toEqual(['fw.bin@0x0:box', inner, 'fw.bin'])
  })

  it('names a leaf on the file itself, and shows a leaf inside of something else as a region', () => {
    expect(walkOver(Buffer.from('LEAFabcd')).found.map(({ path, format }) => ({ path, format }))).toEqual([
      { path: 'fw.bin', format: 'leaf' },
    ])
    const buried = walkOver(
      Buffer.concat([Buffer.from('\0\0some head'), Buffer.alloc(600, 7), Buffer.from('LEAFabcd')]),
    )
    expect(buried.paths).toContain('fw.bin@0x263:leaf')
  })

  it('leaves a leaf to be searched where a container has the same magic and refuses it', () => {
    expect(walkOver(Buffer.from('LEAFabcd')).found[0]).toMatchObject({ format: 'leaf', covered: false })
    expect(walkOver(Buffer.from(`LEAF!${'x'.repeat(40)}`)).paths).toEqual(['fw.bin@0x0:big-leaf', 'fw.bin'])
  })

  it('gives a result for an empty and for a tiny content', () => {
    expect(walkOver(Buffer.alloc(0)).paths).toEqual(['fw.bin'])
    expect(walkOver(Buffer.from('B')).paths).toEqual(['fw.bin'])
  })
})
