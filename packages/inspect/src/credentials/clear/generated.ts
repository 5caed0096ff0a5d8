import type { Fact, Facts } from '../../contract.ts'
import '../../services/boot/facts.ts'
import type { ClearFact } from './facts.ts'

/** A command that writes a random value somewhere. */
interface Writing {
  readonly place: Fact['place']
  readonly line: number
  readonly text: string
  readonly target:
    | { readonly store: 'uci' | 'nvram' | 'uboot-env'; readonly name: string }
    | { readonly store: 'file'; readonly path: string; readonly whole: boolean }
}

/** Where scripts take random values from. */
export const RANDOM =
  /\/dev\/u?random|\bopenssl[ \t]+rand\b|\bpwgen\b|\buuidgen\b|\/proc\/sys\/kernel\/random\/uuid/
const ASSIGNMENT = /^[ \t]*(?:(?:local|export|readonly)[ \t]+)?([A-Za-z_]\w{0,63})=(.*)$/
const MOST_LINES = 5000
const WRITINGS = new WeakMap<Facts, readonly Writing[]>()

/** The script of the image that puts a random value in a credential's place. */
export function generatorOf(facts: Facts, { place, data }: Fact<'credential.clear'>): Writing | undefined {
  if (data.store === undefined) return undefined
  const writings = WRITINGS.get(facts) ?? facts.of('boot.file').flatMap(writingsOf)
  WRITINGS.set(facts, writings)
  return writings.find((writing) => writing.place.root === place.root && writes(writing, place.inner, data))
}

function writes({ target, text }: Writing, inner: string, { store, setting }: ClearFact): boolean {
  const key = setting.slice(setting.lastIndexOf('.') + 1)
  if (target.store === 'file') {
    const name = inner.slice(inner.lastIndexOf('/') + 1)
    const same = target.path.includes('$')
      ? target.path.endsWith(`/${name}`)
      : `/${inner}`.endsWith(target.path)
    return same && (target.whole || text.includes(key))
  }
  if (target.store !== store) return false
  if (store !== 'uci') return target.name === setting
  const [packageName = '', section = '', option = ''] = target.name.split('.')
  if (option !== key || !inner.endsWith(`/config/${packageName}`)) return false
  const [type, name] = setting.split('.')
  return section.includes('$') || section === name || section.startsWith(`@${type}[`)
}

function writingsOf({ place, data: { text } }: Fact<'boot.file'>): readonly Writing[] {
  if (!RANDOM.test(text)) return []
  const lines = text.split('\n').slice(0, MOST_LINES)
  const random = randomVariables(lines)
  const writings: Writing[] = []
  let here: string | undefined
  lines.forEach((line, at) => {
    if (/^\s*#/.test(line)) return
    here =
      /(?:^|[^0-9&])>{1,2}[ \t]*["']?([^\s"'<>;|&]+)["']?[^\n]*<<|<<[^\n]*>{1,2}[ \t]*["']?([^\s"';|&]+)/
        .exec(line)
        ?.slice(1)
        .find(Boolean) ?? here
    if (!RANDOM.test(line) && !uses(line, random)) return
    for (const target of targetsOf(line, here))
      writings.push({ place, line: at + 1, text: line.trim(), target })
  })
  return writings
}

/** Variables that hold something random, or something made out of one that does. */
function randomVariables(lines: readonly string[]): ReadonlySet<string> {
  const random = new Set<string>()
  for (const line of lines) {
    const match = ASSIGNMENT.exec(line)
    if (match && (RANDOM.test(match[2] as string) || uses(match[2] as string, random)))
      random.add(match[1] as string)
  }
  return random
}

function uses(text: string, variables: ReadonlySet<string>): boolean {
  if (variables.size === 0) return false
  for (const [, name = ''] of text.matchAll(/\$\{?([A-Za-z_]\w{0,63})/g)) if (variables.has(name)) return true
  return false
}

function targetsOf(line: string, here: string | undefined): readonly Writing['target'][] {
  const targets: Writing['target'][] = []
  const uci = /\b(?:uci\b[^\n;|&]*?\b)?set[ \t]+["']?([\w-]+\.[\w$@{}[\]-]+\.[\w-]+)=/.exec(line)?.[1]
  if (uci !== undefined) targets.push({ store: 'uci', name: uci })
  const nvram = /\bnvram(?:_set|[ \t]+set)[ \t]+["']?([\w.:-]+)(?:=|[ \t])/.exec(line)?.[1]
  if (nvram !== undefined) targets.push({ store: 'nvram', name: nvram })
  const environment = /\bfw_setenv[ \t]+["']?([\w.:-]+)/.exec(line)?.[1]
  if (environment !== undefined) targets.push({ store: 'uboot-env', name: environment })
  const edited = /\bsed\b[^\n]*-i[^\n]*[ \t]["']?(\/?[\w$@{}./-]+)["']?[ \t]*(?:;|&|\||$)/.exec(line)?.[1]
  if (edited !== undefined) targets.push({ store: 'file', path: edited, whole: false })
  const written = /(?:^|[^0-9&>])>{1,2}[ \t]*["']?(\/[\w$@{}./-]+)/.exec(line)?.[1]
  if (written !== undefined && !written.startsWith('/dev/'))
    targets.push({ store: 'file', path: written, whole: true })
  else if (here !== undefined && /^[ \t]*[\w.-]+[ \t]*[=:][ \t]*["']?\$/.test(line))
    targets.push({ store: 'file', path: here, whole: false })
  return targets
}
