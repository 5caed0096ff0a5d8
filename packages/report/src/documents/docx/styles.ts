import type { Language } from '@messlatte/model'
import { HEAD, ROOT_NAMES, textWidth } from './names.ts'

const LOCALE = { en: 'en-GB', de: 'de-DE' } as const satisfies Readonly<Record<Language, string>>

/** Sizes are half points, distances twentieths of a point. */
export function stylesXml(language: Language, landscape: boolean): string {
  return `${HEAD}<w:styles ${ROOT_NAMES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri" w:eastAsia="Calibri"/><w:sz w:val="21"/><w:lang w:val="${LOCALE[language]}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>${[
    paragraph('Normal', 'Normal', '', '', ' w:default="1"'),
    paragraph(
      'Title',
      'Title',
      '<w:keepNext/><w:spacing w:after="60"/>',
      '<w:b/><w:color w:val="12343B"/><w:sz w:val="44"/>',
    ),
    paragraph(
      'Subtitle',
      'Subtitle',
      '<w:spacing w:after="280"/>',
      '<w:color w:val="4A5A5E"/><w:sz w:val="25"/>',
    ),
    heading(1, 30, 360),
    heading(2, 25, 280),
    heading(3, 22, 220),
    paragraph(
      'Gap',
      'Gap',
      '<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="9B1C1C"/></w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="FBEDED"/><w:ind w:left="200"/>',
      '',
    ),
    paragraph('Note', 'Note', '', '<w:color w:val="4A5A5E"/><w:sz w:val="18"/>'),
    paragraph('Item', 'Item', '<w:spacing w:after="60"/>', ''),
    paragraph(
      'Cell',
      'Cell',
      '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>',
      '<w:sz w:val="18"/>',
    ),
    paragraph(
      'Edge',
      'Edge',
      `<w:tabs><w:tab w:val="right" w:pos="${textWidth(landscape)}"/></w:tabs><w:spacing w:after="0"/>`,
      '<w:color w:val="4A5A5E"/><w:sz w:val="17"/>',
    ),
  ].join('')}</w:styles>`
}

function heading(level: number, size: number, before: number): string {
  return paragraph(
    `Heading${level}`,
    `heading ${level}`,
    `<w:keepNext/><w:keepLines/><w:spacing w:before="${before}" w:after="100"/><w:outlineLvl w:val="${level - 1}"/>`,
    `<w:b/><w:color w:val="12343B"/><w:sz w:val="${size}"/>`,
  )
}

function paragraph(id: string, name: string, block: string, text: string, more = ''): string {
  const based = id === 'Normal' ? '' : '<w:basedOn w:val="Normal"/>'
  return `<w:style w:type="paragraph" w:styleId="${id}"${more}><w:name w:val="${name}"/>${based}<w:qFormat/><w:pPr>${block}</w:pPr><w:rPr>${text}</w:rPr></w:style>`
}

/** Two kinds of lists: 1 has bullets; every ordered list gets a number of its own from 2 on, so that it begins at 1. */
export function numberingXml(orderedLists: number): string {
  const level = (format: string, text: string) =>
    `<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="425" w:hanging="425"/></w:pPr></w:lvl>`
  const ordered = Array.from(
    { length: orderedLists },
    (_, at) =>
      `<w:num w:numId="${at + 2}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`,
  )
  return `${HEAD}<w:numbering ${ROOT_NAMES}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>${level('bullet', '•')}</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>${level('decimal', '%1.')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>${ordered.join('')}</w:numbering>`
}
