import type { Language, Regression, ReleasesResult, ServiceChange, Text, Verdict } from '@messlatte/model'

type Parts = Pick<
  ReleasesResult,
  'chains' | 'components' | 'findings' | 'mechanisms' | 'secrets' | 'services' | 'update' | 'verdicts'
>

const BAD: readonly (Verdict | null)[] = ['fail', 'contested']
/** Better signatures have higher levels; one that fails is the worst. */
const RANK = ['EX', 'E0', 'E1', 'E2', 'E3', 'E4', 'E5', 'E6']

/** What the new release does worse than the old one, as far as it was seen. */
export function worseIn(parts: Parts): readonly Regression[] {
  const fresh = parts.findings.filter(({ change }) => change === 'new')
  const told = new Set<string | undefined>(fresh.map(({ path }) => path))
  return [
    ...parts.update.filter(({ question, answer }) => question === 'accepted' && answer === 'no').map(refused),
    ...parts.update.filter(({ question, answer }) => question === 'rises' && answer === 'no').map(notRising),
    ...verdictGroups(
      parts.verdicts.filter(({ old, new: now }) => BAD.includes(now) && old !== null && !BAD.includes(old)),
    ).map(verdict),
    ...fresh.map(finding),
    ...(parts.secrets ?? []).filter((one) => one.change === 'new' && !told.has(one.new?.path)).map(secret),
    ...parts.services.filter(isOpenNow).map(service),
    ...parts.chains.filter(isLower).map(chain),
    ...parts.mechanisms.filter(({ weaker }) => weaker).map(mechanism),
    ...parts.components.filter(({ change }) => change === 'down').map(component),
  ]
}

function refused({ subject, text }: Parts['update'][number]): Regression {
  return { id: 'refused', text: { en: `${subject}: ${text.en}`, de: `${subject}: ${text.de}` } }
}

function notRising({ subject, text, old, new: now }: Parts['update'][number]): Regression {
  const values = `${old.join(', ')} → ${now.join(', ')}`
  return {
    id: 'not-rising',
    text: { en: `${subject}: ${values}. ${text.en}`, de: `${subject}: ${values}. ${text.de}` },
  }
}

/** The same change under several rules is told once. */
function verdictGroups(verdicts: Parts['verdicts']) {
  const groups = Map.groupBy(verdicts, ({ id, old, new: now }) => `${id} ${old} ${now}`)
  return [...groups.values()].map((group) => ({
    ...(group[0] as Parts['verdicts'][number]),
    scopes: group.map(({ scope }) => scope),
  }))
}

function verdict({ id, scopes, old, new: now }: ReturnType<typeof verdictGroups>[number]): Regression {
  const text = `${id} (${scopes.join(', ')}): ${old} → ${now}`
  return { id: 'verdict', text: { en: text, de: text } }
}

function finding({ title, path }: Parts['findings'][number]): Regression {
  return {
    id: 'finding',
    text: { en: `New finding: ${title.en}: ${path}`, de: `Neuer Befund: ${title.de}: ${path}` },
  }
}

function secret({ kind, name, subject, new: place }: NonNullable<Parts['secrets']>[number]): Regression {
  const where = `${name} (${subject}): ${place?.path ?? ''}`
  return {
    id: 'secret',
    text: {
      en: `New secret: ${SECRETS[kind].en} ${where}`,
      de: `Neues Geheimnis: ${SECRETS[kind].de} ${where}`,
    },
  }
}

const SECRETS: Readonly<Record<'account' | 'credential' | 'private-key', Text>> = {
  account: { en: 'password of', de: 'Passwort von' },
  credential: { en: 'credential', de: 'Zugangsdatum' },
  'private-key': { en: 'private key', de: 'privater Schlüssel' },
}

/** It listens where it did not, or no longer asks who is there. */
function isOpenNow({ change, listens, authenticates }: ServiceChange): boolean {
  const fresh = listens.new.some((port) => !listens.old.includes(port))
  const opened = authenticates.new === false && authenticates.old !== false
  return change !== 'removed' && change !== 'equal' && listens.new.length > 0 && (fresh || opened)
}

function service({ title, listens, authenticates, path }: ServiceChange): Regression {
  const where = `${title} (${listens.new.join(', ')}): ${path}`
  return authenticates.new === false
    ? {
        id: 'service',
        text: {
          en: `New service that asks nobody who they are: ${where}`,
          de: `Neuer Dienst, der niemanden fragt, wer er ist: ${where}`,
        },
      }
    : {
        id: 'service',
        text: { en: `New listening service: ${where}`, de: `Neuer lauschender Dienst: ${where}` },
      }
}

function isLower({ old, new: now }: Parts['chains'][number]): boolean {
  if (!old || !now) return false
  // E3: what verifies it was not handed in; that is nothing that got worse.
  if (now.level === 'E3' || old.level === 'E3') return now.level === 'EX'
  return RANK.indexOf(now.level ?? 'E0') < RANK.indexOf(old.level ?? 'E0')
}

function chain({ scheme, stages, old, new: now }: Parts['chains'][number]): Regression {
  const text = `${scheme} ${stages.join(', ')}: ${old?.level ?? '–'} → ${now?.level ?? '–'}`
  return { id: 'chain', text: { en: text, de: text } }
}

/** What spoke for a part of an update mechanism, and no longer does. */
function mechanism({ title, old }: Parts['mechanisms'][number]): Regression {
  const told = (language: Language) =>
    `${title[language]}: ${old.map(({ statement }) => statement[language]).join(' ')}`
  return {
    id: 'mechanism',
    text: { en: `No longer seen: ${told('en')}`, de: `Nicht mehr zu sehen: ${told('de')}` },
  }
}

function component({ title, old, new: now }: Parts['components'][number]): Regression {
  const text = `${title} ${old.join(', ')} → ${now.join(', ')}`
  return { id: 'component', text: { en: `Older component: ${text}`, de: `Ältere Komponente: ${text}` } }
}
