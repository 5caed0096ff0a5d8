import type { Artefact, Check, Fact, Facts, MapOut, ReduceOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'

declare module '../../contract.ts' {
  interface FactMap {
    /** A file that a web server runs when it is asked for it. */
    'web.handler': { readonly kind: HandlerKind }
  }
}

type HandlerKind = 'cgi' | 'lua' | 'php' | 'asp' | 'debug-page'

const REFS = provisions(['5.5-4', '5.5-5', '5.6-1'])
const CASES = cases('5.5-4-2', '5.5-5-2', '5.6-1-2')
const MOST_LISTED = 200
/** Folders from which web servers serve, as makers call them. */
const WEB_ROOT = /(?:^|\/)(?:www|web|webs|htdocs|html|httpd|webroot|web_root|public_html|wwwroot|srv\/www)\//
const HANDLERS: readonly (readonly [HandlerKind, RegExp])[] = [
  [
    'debug-page',
    /(?:^|\/)[\w-]*(?:debug|diag|telnet|shell|cmd|console|factory|test)[\w-]*\.(?:html?|asp|php|cgi|lua)$/i,
  ],
  ['cgi', /\/cgi-bin\/[^/]+$|\.cgi$/],
  ['php', /\.php\d?$/],
  ['lua', /\.lua$/],
  ['asp', /\.asp$/],
]

export const webCheck: Check = {
  id: 'services.web',
  version: 1,
  title: { en: 'Handlers of the web interface', de: 'Handler der Weboberfläche' },
  provisions: REFS,
  cases: CASES,
  input: ['image'],
  canShow: {
    en: 'Which files below a web root a server runs when they are asked for, and which by their names are for debugging.',
    de: 'Welche Dateien unter einem Web-Verzeichnis ein Server bei Aufruf ausführt und welche dem Namen nach zur Fehlersuche dienen.',
  },
  cannotShow: {
    en: 'Whether a handler asks who is there, and handlers that are part of the server.',
    de: 'Ob ein Handler nach einer Anmeldung fragt, und Handler, die Teil des Servers sind.',
  },
  states: ['service.web.handlers'],
  wants: { paths: [WEB_ROOT, /(?:^|\/)cgi-bin\//] },
  gives: ['web.handler'],
  look,
  conclude,
}

function look(artefact: Artefact, out: MapOut): void {
  const { inner, type } = artefact
  if (type !== 'file' && type !== 'symlink') return
  const kind = HANDLERS.find(([, pattern]) => pattern.test(`/${inner}`))?.[0]
  if (kind) out.fact('web.handler', placeOf(artefact), { kind })
}

function conclude(facts: Facts, out: ReduceOut): void {
  const byRoot = Map.groupBy(facts.of('web.handler'), ({ place }) => place.root)
  for (const handlers of byRoot.values()) {
    const [first] = handlers as [Fact<'web.handler'>, ...Fact<'web.handler'>[]]
    out.evidence({
      kind: 'service.web.handlers',
      polarity: 'neutral',
      provisions: REFS,
      cases: CASES,
      place: first.place,
      title: {
        en: 'The web interface has handlers of its own: each has to ask who is there',
        de: 'Die Weboberfläche hat eigene Handler: Jeder muss nach einer Anmeldung fragen',
      },
      observation: {
        count: handlers.length,
        handlers: handlers
          .slice(0, MOST_LISTED)
          .map(({ place, data }) => ({ kind: data.kind, path: place.inner })),
        repeat: 'curl each of them on a running unit, without a login',
      },
      confidence: {
        grade: 'medium',
        reason: {
          en: 'They lie where web servers serve from; the server’s configuration decides which of them it runs.',
          de: 'Sie liegen, wo Webserver ausliefern; die Konfiguration des Servers entscheidet, welche er ausführt.',
        },
      },
    })
  }
}
