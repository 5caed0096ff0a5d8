import { latin1 } from '@messlatte/bytes'
import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import { CLEAR_NEEDS, concludeClear } from '../clear/conclude.ts'
import { isLibrary, isNotInUse } from '../clear/paths.ts'
import { ADDRESS, verifyAddress } from './addresses.ts'
import type { TokenRule, Verified } from './rule.ts'
import { RULES_BY_LITERAL, TOKEN_RULES } from './rules.ts'

const ID = 'credentials.tokens'
const KIND = 'credential.token'
const MOST_FINDS = 200
/** Literals of one kind that are followed in one file; a bundle of a web interface has some hundred. */
const MOST_HITS = 2000
const MOST_TEXT = 1024 * 1024

/** Texts in which addresses of any scheme are looked for; `http://` is in too many files to search all of them. */
const ADDRESS_TEXTS = [
  /(?:^|\/)(?:etc|opt|www|cgi-bin|config|scripts?|home|root)\/(?:.*\/)?[^/]+$/,
  /(?:^|\/)[^/]+\.(?:sh|conf|cfg|ini|json|xml|ya?ml|lua|php|py|cgi|env|properties|toml)$/,
]

export const tokensCheck: Check = {
  id: ID,
  version: 1,
  title: { en: 'Tokens and keys of services', de: 'Token und Schlüssel von Diensten' },
  provisions: provisions(['5.4-1', '5.4-3', '5.4-4']),
  cases: cases('5.4-1-1', '5.4-1-2', '5.4-3-1', '5.4-3-2', '5.4-4-1'),
  input: ['image'],
  canShow: {
    en: 'That a key of a cloud service, the identity of a device, a signed token or a login inside an address is part of the image, with its structure or check digits verified.',
    de: 'Dass ein Schlüssel eines Cloud-Dienstes, die Identität eines Geräts, ein signiertes Token oder eine Anmeldung in einer Adresse Teil des Abbilds ist, mit geprüfter Struktur oder geprüften Prüfziffern.',
  },
  cannotShow: {
    en: 'Whether a token still opens something: nothing is sent to anybody.',
    de: 'Ob ein Token noch etwas öffnet: Es wird nichts an irgendwen gesendet.',
  },
  states: [KIND],
  wants: { paths: ADDRESS_TEXTS, literals: true },
  literals: [...RULES_BY_LITERAL.keys()],
  needs: [...CLEAR_NEEDS],
  gives: ['credential.clear'],
  look,
  conclude: (facts, out) => concludeClear(ID, facts, out),
}

function look(artefact: Artefact, out: MapOut): void {
  if (artefact.bytes.size === 0 || isNotInUse(artefact)) return
  const seen = new Set<string>()
  const followed = new Map<string, number>()
  for (const { literal, offset } of artefact.hits) {
    const count = (followed.get(literal) ?? 0) + 1
    followed.set(literal, count)
    if (count > MOST_HITS) continue
    for (const rule of RULES_BY_LITERAL.get(literal) ?? []) {
      // Libraries explain themselves with addresses; what a product calls stands elsewhere.
      if (rule.id === 'address' && isLibrary(artefact.inner)) continue
      if (seen.size >= MOST_FINDS) return
      const start = Math.max(0, offset - rule.before)
      const end = Math.min(artefact.bytes.size, offset + literal.length + rule.behind)
      const around = latin1(artefact.bytes.view(start, end - start))
      for (const match of matchesOver(rule, around, offset - start, literal.length)) {
        const found = rule.verify(match, around)
        if (rule.id === 'address' && isCommentedAt(artefact, start + match.index)) continue
        if (found) give(artefact, out, rule, start + match.index, found, seen)
      }
    }
  }
  lookAtAddresses(artefact, out, seen)
}

/** Matches that hold or surround the literal; a rule with a literal beside its token takes all of them. */
function* matchesOver(
  rule: TokenRule,
  around: string,
  literalAt: number,
  length: number,
): Generator<RegExpExecArray> {
  rule.pattern.lastIndex = 0
  for (let match = rule.pattern.exec(around); match; match = rule.pattern.exec(around)) {
    const beside = rule.before >= 100
    if (beside || (match.index < literalAt + length && match.index + match[0].length > literalAt)) yield match
  }
}

/** In scripts and configurations, whatever the scheme. */
function lookAtAddresses(artefact: Artefact, out: MapOut, seen: Set<string>): void {
  const { inner, type, bytes } = artefact
  if (
    type !== 'file' ||
    bytes.size > MOST_TEXT ||
    isLibrary(inner) ||
    !ADDRESS_TEXTS.some((pattern) => pattern.test(inner))
  )
    return
  if (artefact.format === 'elf') return
  const text = artefact.text()
  if (!text.includes('://') || text.includes('\0')) return
  const rule = TOKEN_RULES.find(({ id }) => id === 'address') as TokenRule
  for (let at = text.indexOf('@'); at >= 0 && seen.size < MOST_FINDS; at = text.indexOf('@', at + 1)) {
    const from = Math.max(0, at - 190)
    const around = text.slice(from, at + 160)
    const start = around.lastIndexOf('://', at - from)
    if (start < 0 || around.slice(start, at - from).includes('\n')) continue
    const head = Math.max(0, start - 12)
    ADDRESS.lastIndex = 0
    const match = ADDRESS.exec(around.slice(head))
    const found = match && !isCommented(text, from + head + match.index) ? verifyAddress(match) : undefined
    if (match && found) give(artefact, out, rule, from + head + match.index, found, seen)
  }
}

function isCommentedAt({ bytes }: Artefact, at: number): boolean {
  const from = Math.max(0, at - 200)
  return isCommented(latin1(bytes.view(from, at - from)), at - from)
}

function isCommented(text: string, at: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf('\n', at) + 1, at - 200), at)
  return /^\s*(?:#|\/\/|;|\*|--|<!--)|(?:^|\s)(?:#|\/\/)\s/.test(line)
}

function give(
  artefact: Artefact,
  out: MapOut,
  rule: TokenRule,
  at: number,
  found: Verified,
  seen: Set<string>,
): void {
  const offset = at + (found.at ?? 0)
  const key = `${rule.id}@${found.value}`
  if (seen.has(key)) return
  seen.add(key)
  out.fact(
    'credential.clear',
    placeOf(artefact, offset, Math.min(found.value.length, artefact.bytes.size - offset)),
    {
      check: ID,
      kind: KIND,
      subject: rule.id === 'address' && /^rtsps?$/.test(String(found.more?.scheme)) ? 'camera' : rule.subject,
      setting: rule.id,
      value: found.value,
      form: rule.form,
      state: found.state ?? 'set',
      grade: found.grade,
      readers: [],
      ...(found.user === undefined ? {} : { user: found.user }),
      ...(found.weakness === undefined ? {} : { weakness: found.weakness }),
      more: { rule: rule.id, ...(found.more ?? {}) },
    },
  )
}
