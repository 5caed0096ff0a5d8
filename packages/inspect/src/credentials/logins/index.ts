import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { isShellScript } from '../../shell/is-script.ts'
import { CLEAR_NEEDS, concludeClear } from '../clear/conclude.ts'
import type { ClearFact } from '../clear/facts.ts'
import { configurationText, giveSetting } from '../clear/found.ts'
import { isLibrary, isNotInUse } from '../clear/paths.ts'
import type { Setting } from '../clear/settings/index.ts'
import { isClear, isProse, valueKind } from '../clear/value.ts'
import { inferSecret } from '../service-configurations/inferred.ts'
import { isKnownToken } from '../tokens/rules.ts'
import { comparisonsIn } from './compare.ts'

const ID = 'credentials.logins'
const MOST_TEXT = 512 * 1024
const MOST_FINDS = 100

const WEB =
  /(?:^|\/)(?:www|web|webs|htdocs|html|httpd|webroot|web_root|public_html|wwwroot|cgi-bin|luci\/controller)\//
const HANDLERS = /\.(?:php\d?|lua|cgi|asp|aspx|jsp|lp|htm|html|js)$/i
const SCRIPTS =
  /(?:^|\/)(?:opt|srv|apps?|home|usr\/local)\/(?:[^/]+\/){0,6}[^/]+\.[cm]?js$|\.(?:sh|py|lua|php\d?|pl|rb|cgi|ash)$|(?:^|\/)(?:s?bin|init\.d|rc\d?\.d|rcS\.d|scripts?|cgi-bin|uci-defaults|hotplug\.d\/[^/]+)\/[^/.]+$/

/** `name = "constant"`, as languages of scripts write it. */
const ASSIGNMENT =
  /^[ \t]*(?:(?:local|var|let|const|my|our|static|private|public|protected|export|readonly|final)[ \t]+){0,2}\$?([A-Za-z_][\w.]{0,60})[ \t]*=[ \t]*(["'])((?:(?!\2)[^\\\n]){3,128})\2[ \t]*[;,]?[ \t]*(?:#.*|\/\/.*|--.*)?$/gm
const SHELL_ASSIGNMENT =
  /^[ \t]*(?:(?:export|local|readonly)[ \t]+)?([A-Za-z_]\w{0,60})=(["']?)([^"'\s$`();&|<>\\]{3,128})\2[ \t]*(?:#.*)?$/gm
const DEFINITION =
  /\bdefine\(\s{0,3}(["'])(\w{1,60})\1\s{0,3},\s{0,3}(["'])((?:(?!\3)[^\\\n]){3,128})\3\s{0,3}\)/g

export const loginsCheck: Check = {
  id: ID,
  version: 1,
  title: { en: 'Passwords in the code of scripts', de: 'Passwörter im Code von Skripten' },
  provisions: provisions(['5.1-1', '5.4-1', '5.4-3', '5.4-4']),
  cases: cases('5.1-1-1', '5.1-1-2', '5.4-1-1', '5.4-1-2', '5.4-3-1', '5.4-3-2', '5.4-4-1'),
  input: ['image'],
  canShow: {
    en: 'That a script compares a password with a constant, or sets one to a constant.',
    de: 'Dass ein Skript ein Passwort mit einer Konstanten vergleicht oder auf eine Konstante setzt.',
  },
  cannotShow: {
    en: 'What programs compare that are no scripts, and whether a script can be reached.',
    de: 'Was Programme vergleichen, die keine Skripte sind, und ob ein Skript erreichbar ist.',
  },
  states: ['credential.login.compared', 'credential.login.constant'],
  wants: { paths: [SCRIPTS, new RegExp(`${WEB.source}(?:.*/)?[^/]+${HANDLERS.source}`, 'i')] },
  needs: [...CLEAR_NEEDS],
  gives: ['credential.clear'],
  look,
  conclude: (facts, out) => concludeClear(ID, facts, out),
}

function look(artefact: Artefact, out: MapOut): void {
  const { inner, name, format, bytes } = artefact
  if (format !== undefined || bytes.size === 0 || bytes.size > MOST_TEXT || isLibrary(inner)) return
  // Pages of a web root are no documentation for all their ending.
  if (isNotInUse({ path: WEB.test(inner) ? artefact.path.replace(/\.html?$/, '') : artefact.path })) return
  const hasEnding = /\.\w{1,4}$/.test(name)
  const head = Buffer.from(bytes.view(0, Math.min(2, bytes.size))).toString('latin1')
  if (!hasEnding && head !== '#!') return
  const text = configurationText(artefact, MOST_TEXT)
  if (text === undefined || !/pass|pwd|psk|secret|key|token|psw|AUTH_PW/i.test(text)) return
  const shell =
    /\.(?:sh|ash)$/.test(name) ||
    (isShellScript(artefact) && !/\.(?:php\d?|lua|py|pl|rb|asp|jsp)$/.test(name))
  lookAtComparisons(artefact, text, shell, out)
  lookAtAssignments(artefact, text, shell, out)
}

function lookAtComparisons(artefact: Artefact, text: string, shell: boolean, out: MapOut): void {
  let finds = 0
  for (const { name, value, offset, user } of comparisonsIn(text, shell)) {
    if (!isPassword(name, value) || ++finds > MOST_FINDS) continue
    const reached = WEB.test(artefact.inner)
    if (user === undefined && !reached && valueKind(value) !== 'default') continue
    giveSetting(
      out,
      artefact,
      ID,
      { section: '', key: name, value, offset },
      {
        kind: 'credential.login.compared',
        subject: 'web-login',
        ...gradeOf(artefact.inner, user !== undefined, reached),
        ...(user === undefined ? {} : { user }),
      },
    )
  }
}

const PACKAGED = /(?:^|\/)usr\/(?:share|lib)\//
const PACKAGE_DEFAULT = { grade: 'low', weakness: 'package-default' } as const

function gradeOf(inner: string, paired: boolean, reached: boolean): Pick<ClearFact, 'grade' | 'weakness'> {
  if (!reached && PACKAGED.test(inner)) return PACKAGE_DEFAULT
  return { grade: paired && reached ? 'high' : paired || reached ? 'medium' : 'low' }
}

/** Words that states, types and fields are compared with. */
const STATES =
  /^(?:password|passwd|text|hidden|show|hide|yes|no|y|n|ok|fail(?:ed)?|pass(?:ed)?|on|off|input|submit|file|stdin|prompt|keyring|ask|new|old|empty|set|unset|plain|md5|sha\d*|crypt|base64|wep|wpa2?|psk|open|none|admin_?password|user_?password)$/i

function isPassword(name: string, value: string): boolean {
  if (value.length < 3 || !isClear(value) || isProse(value)) return false
  const last = name.slice(name.lastIndexOf('.') + 1)
  if (/(?:type|state|status|mode|result|test|bypass|compass|by_?pass|kind|method|class)/i.test(last))
    return false
  return !STATES.test(value)
}

function lookAtAssignments(artefact: Artefact, text: string, shell: boolean, out: MapOut): void {
  let finds = 0
  for (const setting of assignmentsIn(text, shell)) {
    const line = text.slice(text.lastIndexOf('\n', setting.offset) + 1, setting.offset)
    if (/^\s*(?:#|\/\/|--|\*|;)/.test(line) || setting.value.length < 4) continue
    const found = inferSecret(artefact.inner, setting, [])
    if (!found || STATES.test(setting.value) || isKnownToken(setting.value) || !isConstant(setting)) continue
    if (++finds > MOST_FINDS) return
    giveSetting(out, artefact, ID, setting, {
      kind: 'credential.login.constant',
      ...found,
      ...(PACKAGED.test(artefact.inner) ? PACKAGE_DEFAULT : {}),
      readers: [],
    })
  }
}

/** Neither the name of a field, an option or a column, nor a message. */
function isConstant({ key, value }: Setting): boolean {
  if (
    /[\s:]|^[-/.#&?]|[=;]$|^\w+[-_.](?:pass(?:word|wd)?|pwd|secret|key|token|psk)$|^(?:new|old|user|admin|my|the|db|wifi)?_?-?(?:pass(?:word|wd|phrase)?|pwd|secret|psk|token|key)s?$/i.test(
      value,
    ) &&
    valueKind(value) !== 'default'
  )
    return false
  return !/(?:field|label|name|title|text|msg|message|regex|pattern|chars|prompt|env|var|option|opt|param|header|column|path|url|dir|file|prefix|suffix|type|id)_?(?:pass|pwd|secret|key|token)?$/i.test(
    key,
  )
}

function* assignmentsIn(text: string, shell: boolean): Generator<Setting> {
  const base = { section: '', group: 0, quoted: true, separator: '=' } as const
  for (const match of text.matchAll(shell ? SHELL_ASSIGNMENT : ASSIGNMENT)) {
    const [whole, key = '', , value = ''] = match
    yield {
      ...base,
      key: key.slice(key.lastIndexOf('.') + 1),
      value,
      offset: match.index + whole.indexOf(value, whole.indexOf('=')),
    }
  }
  if (shell) return
  for (const match of text.matchAll(DEFINITION)) {
    const [whole, , key = '', , value = ''] = match
    yield { ...base, key, value, offset: match.index + whole.lastIndexOf(value) }
  }
}
