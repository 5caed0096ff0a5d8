import { IXIT_TABLES, TRAITS } from '@messlatte/conformity'
import type { Edition, Language } from '@messlatte/model'
import { icsFile } from './claims.ts'
import { NEW_PAPERS } from './papers.ts'

/** The files of a new project folder, by name: everything is asked, nothing is answered. */
export function newProject(
  edition: Edition,
  profiles: readonly string[],
  language: Language,
): Readonly<Record<string, string>> {
  return {
    'project.json': json({
      product: { maker: null, model: null, hardware: null, firmware: null, batch: null },
      profiles,
      traits: Object.fromEntries(TRAITS.map(({ id }) => [id, null])),
    }),
    'ics.json': icsFile(edition, [], language),
    'ixit.json': json(Object.fromEntries(IXIT_TABLES[edition].map(({ name }) => [name, []]))),
    'documents.json': json([]),
    'decisions.json': json([]),
    'papers.json': json(NEW_PAPERS),
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
| dut.json, self-assessment.json | messlatte claims import writes them: what identifies the product, and the supplier's own verdicts |
| documents.json, documents/ | what was handed in, with issuer, SHA-256, what it covers and until when |
| decisions.json | what an assessor decided; messlatte decide writes it, bound to the evidence of that day |
| waivers.json | what somebody accepts for a time; messlatte waive writes it, and it changes no verdict |
| papers.json | what declarations and technical files say and no firmware shows; null is printed as a gap |
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
| dut.json, self-assessment.json | messlatte claims import schreibt sie: was das Produkt bezeichnet, und die eigenen Urteile des Lieferanten |
| documents.json, documents/ | was eingereicht wurde, mit Aussteller, SHA-256, Geltungsbereich und Ablauf |
| decisions.json | was ein Prüfer entschieden hat; messlatte decide schreibt es, gebunden an die Befunde jenes Tages |
| waivers.json | was jemand für eine Zeit hinnimmt; messlatte waive schreibt es, und es ändert kein Urteil |
| papers.json | was in Erklärungen und technischen Unterlagen steht und keine Firmware zeigt; null wird als Lücke gedruckt |
| results/ | was messlatte check --json geschrieben hat, eine Datei je Veröffentlichung |

messlatte assess . wertet alles aus. Eine Angabe beweist nichts, ein Dokument entscheidet nichts, und keine Entscheidung
macht ein maschinelles „nicht erfüllt“ grün.
`,
}
