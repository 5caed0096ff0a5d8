import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from './lib/install.mjs'

// `npm run new format NAME` and `npm run new check SUBJECT/NAME` write a folder with failing tests and register it.

const USAGE = `Usage: npm run new format NAME            e.g. npm run new format minix
       npm run new check SUBJECT/NAME     e.g. npm run new check credentials/tokens
`

function fail(message) {
  process.stderr.write(`${message}\n${USAGE}`)
  process.exit(2)
}

function camel(name) {
  return name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())
}

function writeNew(folder, files) {
  if (existsSync(join(ROOT, folder))) fail(`${folder} is there already`)
  for (const [name, content] of Object.entries(files)) {
    const path = join(ROOT, folder, name)
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true })
    if (!name.endsWith('/')) writeFileSync(path, content)
    process.stdout.write(`wrote ${folder}/${name}\n`)
  }
}

/** One import line, in alphabetical order, and one entry at the end of the list. */
function register(file, importLine, list, entry) {
  const path = join(ROOT, file)
  const source = readFileSync(path, 'utf8')
  const start = source.indexOf(`export const ${list}`)
  const end = source.indexOf(']', source.indexOf('= [', start))
  const between = source.slice(0, end).replace(/[\s,]*$/, '')
  const separator = between.endsWith('[') ? '' : ', '
  const withEntry = `${between}${separator}${entry}${source.slice(end)}`
  const lines = withEntry.split('\n')
  const key = (line) => line.slice(line.indexOf(" from '"))
  let at = lines.findIndex((line) => line.startsWith('import {') && key(line) > key(importLine))
  if (at < 0) at = lines.findLastIndex((line) => line.startsWith('import ')) + 1
  lines.splice(at, 0, importLine)
  writeFileSync(path, lines.join('\n'))
  process.stdout.write(`registered it in ${file}\n`)
}

function newFormat(name) {
  if (!/^[a-z][a-z0-9-]*$/.test(name))
    fail(`a format's name is lower case, as it stands in nest paths: not "${name}"`)
  const identifier = camel(name)
  writeNew(`packages/unpack/src/formats/${name}`, {
    'index.ts': `import type { LeafFormat } from '../../contract.ts'

export const ${identifier}: LeafFormat = {
  kind: 'leaf',
  name: '${name}',
  title: '${name}',
  references: [],
  limits: [],
  magic: [{ bytes: 'change this magic', at: 0 }],
  carve: true,
  recognise: () => undefined,
}
`,
    [`${name}.test.ts`]: `import { readdirSync, readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { ${identifier} } from './index.ts'

function fixtures(kind: string) {
  const folder = new URL(\`./fixtures/\${kind}/\`, import.meta.url)
  return readdirSync(folder).map((name) => ({ name, bytes: memoryBytes(readFileSync(new URL(name, folder))) }))
}

describe('${name}', () => {
  it('names where its layout is described', () => {
    expect(${identifier}.references).not.toEqual([])
  })

  it('recognises its fixtures, with their exact ends', () => {
    expect(fixtures('positive')).not.toEqual([])
    for (const { name, bytes } of fixtures('positive')) {
      expect(${identifier}.recognise(bytes, 0), name).toEqual({ start: 0, end: bytes.size })
    }
  })

  it('refuses what only looks like it', () => {
    expect(fixtures('negative')).not.toEqual([])
    for (const { name, bytes } of fixtures('negative')) {
      expect(${identifier}.recognise(bytes, 0), name).toBeUndefined()
    }
  })
})
`,
    'fixtures/positive/': '',
    'fixtures/negative/': '',
    'fixtures/README.md': `# Fixtures of ${name}\n\nThe commands that made them:\n`,
    'README.md': `# ${name}\n`,
  })
  register(
    'packages/unpack/src/formats/index.ts',
    `import { ${identifier} } from './${name}/index.ts'`,
    'FORMATS',
    identifier,
  )
}

const SUBJECTS = {
  components: 'COMPONENTS_CHECKS',
  credentials: 'CREDENTIALS_CHECKS',
  scope: 'SCOPE_CHECKS',
  'secure-boot': 'SECURE_BOOT_CHECKS',
  services: 'SERVICES_CHECKS',
  update: 'UPDATE_CHECKS',
}

function newCheck(id) {
  const [subject, name] = id.split('/')
  const list = SUBJECTS[subject]
  if (!list || !/^[a-z][a-z0-9-]*$/.test(name ?? '')) {
    fail(`a check is SUBJECT/NAME, with a subject of ${Object.keys(SUBJECTS).join(', ')}: not "${id}"`)
  }
  const identifier = `${camel(name)}Check`
  writeNew(`packages/inspect/src/${subject}/${name}`, {
    'index.ts': `import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'

export const ${identifier}: Check = {
  id: '${subject}.${name}',
  version: 1,
  title: { en: '', de: '' },
  provisions: provisions([]),
  cases: cases(),
  input: ['image'],
  canShow: { en: '', de: '' },
  cannotShow: { en: '', de: '' },
  states: [],
  wants: { paths: [] },
  look() {},
}
`,
    [`${name}.test.ts`]: `import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runChecks, testArtefact } from '../../testing.ts'
import { ${identifier} } from './index.ts'

/** The path inside the image is the fixture's name, with \`__\` for each slash. */
function evidenceOf(kind: string) {
  const folder = new URL(\`./fixtures/\${kind}/\`, import.meta.url)
  return readdirSync(folder).map((name) => {
    const artefact = testArtefact(name.replaceAll('__', '/'), readFileSync(new URL(name, folder)))
    return { name, evidence: runChecks([${identifier}], [artefact]).evidence }
  })
}

describe('${subject}.${name}', () => {
  it('says what it can show and what it cannot', () => {
    expect(${identifier}.title.en).not.toBe('')
    expect(${identifier}.title.de).not.toBe('')
    expect(${identifier}.canShow.en).not.toBe('')
    expect(${identifier}.cannotShow.en).not.toBe('')
    expect(${identifier}.provisions).not.toEqual([])
  })

  it('finds what is there, and names what would overturn it', () => {
    expect(evidenceOf('positive')).not.toEqual([])
    for (const { name, evidence } of evidenceOf('positive')) {
      expect(evidence.length, name).toBeGreaterThan(0)
      for (const draft of evidence) if (draft.polarity === 'against') expect(draft.overturnedBy, name).toBeDefined()
    }
  })

  it('is silent about the rest', () => {
    for (const kind of ['negative', 'near-miss']) {
      expect(evidenceOf(kind), kind).not.toEqual([])
      for (const { name, evidence } of evidenceOf(kind)) expect(evidence, name).toEqual([])
    }
  })
})
`,
    'fixtures/positive/': '',
    'fixtures/negative/': '',
    'fixtures/near-miss/': '',
    'README.md': `# ${subject}.${name}\n`,
  })
  register(
    `packages/inspect/src/${subject}/index.ts`,
    `import { ${identifier} } from './${name}/index.ts'`,
    list,
    identifier,
  )
}

const [kind, name] = process.argv.slice(2)
if (!name) fail('what is it to be called?')
if (kind === 'format') newFormat(name)
else if (kind === 'check') newCheck(name)
else fail(`there is no "${kind}" to make`)
process.stdout.write(
  `\nNow: npm test -- ${kind === 'format' ? `formats/${name}` : name}   (it fails until the folder is filled)\n`,
)
