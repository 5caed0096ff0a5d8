/** What is used of pdfmake 0.3 and fontkit 2, which bring no types. */
declare module 'pdfmake' {
  const pdfmake: {
    setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void
    setTableLayouts(layouts: object): void
    setUrlAccessPolicy(allowed: (url: string) => boolean): void
    setLocalAccessPolicy(allowed: (path: string) => boolean): void
    createPdf(definition: object): { getBuffer(): Promise<Uint8Array> }
  }
  export = pdfmake
}

declare module 'pdfmake/fonts/Roboto.js' {
  const fonts: {
    readonly Roboto: Readonly<Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>>
  }
  export = fonts
}

declare module 'fontkit' {
  export function openSync(path: string): { readonly characterSet: readonly number[] }
}
