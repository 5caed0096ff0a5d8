import { CATALOGUES, TEST_CASES, TRAITS } from '@messlatte/conformity'
import type { Edition, Language } from '@messlatte/model'

/** The files of a new project folder, by name: everything is asked, nothing is answered. */
export function newProject(
  edition: Edition,
  profiles: readonly string[],
  language: Language,
): Readonly<Record<string, string>> {
  const { provisions } = CATALOGUES[edition]
  const tables = [...new Set(TEST_CASES[edition].flatMap(({ ixit }) => ixit))].sort(
    (a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10),
  )
  return {
    'project.json': json({
      product: { maker: null, model: null, hardware: null, firmware: null, batch: null },
      profiles,
      traits: Object.fromEntries(TRAITS.map(({ id }) => [id, null])),
    }),
    'ics.json': json({
      edition,
      rows: Object.fromEntries(
        provisions.map(({ id, title }) => [id, { asks: title[language], support: null, detail: '' }]),
      ),
    }),
    'ixit.json': json(Object.fromEntries(tables.map((table) => [table, []]))),
    'documents.json': json([]),
    'decisions.json': json([]),
    'README.md': README[language],
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

const README: Readonly<Record<Language, string>> = {
  en: `# Conformity folder

| file | what to write |
|---|---|
| project.json | the product, the rules (profiles, or an edition alone), answers about the product: true, false or null |
| ics.json | for each provision Y, N or N/A and the measures or the reason |
| ixit.json | the tables of TS 103 701, entries with their fields as texts |
| documents.json, documents/ | what was handed in, with issuer, SHA-256, what it covers and until when |
| decisions.json | what an assessor decided; messlatte decide writes it, bound to the evidence of that day |
| results/ | what messlatte check --json wrote, one file for each release |

messlatte assess . evaluates all of it. A claim proves nothing, a document decides nothing, and no decision turns a machine's
fail green.
`,
  de: `# Konformitätsordner

| Datei | was hineingehört |
|---|---|
| project.json | das Produkt, die Regeln (Profile oder eine Ausgabe allein), Antworten zum Produkt: true, false oder null |
| ics.json | zu jeder Anforderung Y, N oder N/A und die Maßnahmen oder der Grund |
| ixit.json | die Tabellen der TS 103 701, Einträge mit ihren Feldern als Texte |
| documents.json, documents/ | was eingereicht wurde, mit Aussteller, SHA-256, Geltungsbereich und Ablauf |
| decisions.json | was ein Prüfer entschieden hat; messlatte decide schreibt es, gebunden an die Befunde jenes Tages |
| results/ | was messlatte check --json geschrieben hat, eine Datei je Veröffentlichung |

messlatte assess . wertet alles aus. Eine Angabe beweist nichts, ein Dokument entscheidet nichts, und keine Entscheidung
macht ein maschinelles „nicht erfüllt“ grün.
`,
}
