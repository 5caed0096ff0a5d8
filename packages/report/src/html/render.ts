import type { CheckResult, Language, Text } from '@messlatte/model'
import { CHAIN_WORDS } from '../chain-words.ts'
import { MECHANISM_WORDS } from '../mechanism-words.ts'
import { WORDS } from '../words.ts'
import { asks, questions } from './asks.ts'
import { chains } from './chain.ts'
import { components } from './components.ts'
import { evidence } from './evidence.ts'
import { fails, others } from './findings.ts'
import { hero } from './hero.ts'
import { closing, looked } from './looked.ts'
import { html, type Markup, raw } from './markup.ts'
import { mechanisms } from './mechanisms.ts'
import { Page } from './page.ts'
import { pillars } from './pillars.ts'
import { POLICY } from './policy.ts'
import { provisions } from './provisions.ts'
import { requirements } from './requirements.ts'
import { services } from './services.ts'
import { SIGNS } from './signs.ts'
import { STYLE } from './style.ts'

const CONTENTS: readonly (readonly [string, Text])[] = [
  ['pillars', WORDS.pillarsShort],
  ['fails', WORDS.failsShort],
  ['others', WORDS.othersShort],
  ['chain', CHAIN_WORDS.short],
  ['mechanism', MECHANISM_WORDS.short],
  ['asks', WORDS.asksShort],
  ['questions', WORDS.questionsShort],
  ['requirements', WORDS.requirementsShort],
  ['provisions', WORDS.provisionsShort],
  ['evidence', WORDS.evidence],
  ['services', WORDS.servicesShort],
  ['components', WORDS.componentsShort],
  ['looked', WORDS.lookedShort],
  ['identity', WORDS.identityShort],
]

function contentsOf({ result }: Page): typeof CONTENTS {
  return CONTENTS.filter(([id]) => id !== 'requirements' || result.assessment.requirements.length > 0)
}

/**
 * The report as one file: no script, no network, nothing beside it. Its security policy allows this style sheet and
 * nothing else, so that no name of a hostile image could ever load or run anything.
 */
export function renderHtml(result: CheckResult, language: Language): string {
  const page = new Page(result, language)
  return `<!doctype html>\n${document(page).markup}\n`
}

function document(page: Page): Markup {
  const names = [page.result.product.model, page.result.images[0]?.name].filter((it) => it != null)
  return html`<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${page.say(WORDS.title)}${names.length === 0 ? '' : `: ${names.join(', ')}`}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
${SIGNS}
<a class="skip" href="#pillars">${page.say(WORDS.skip)}</a>
${hero(page)}
<nav aria-label="${page.say(WORDS.contents)}"><ul class="plain">${contentsOf(page).map(([id, title]) => html`<li><a href="#${id}">${page.say(title)}</a></li>`)}</ul></nav>
<main>
${pillars(page)}
${fails(page)}
${others(page)}
${chains(page)}
${mechanisms(page)}
${asks(page)}
${questions(page)}
${requirements(page)}
${provisions(page)}
${evidence(page)}
${services(page)}
${components(page)}
${looked(page)}
</main>
<footer>
${closing(page)}
</footer>
</body>
</html>`
}
