// Runs inside the page: every element with text of its own whose contrast (WCAG 2.2, 1.4.3) is under 4.5.
;(() => {
  const rgb = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number)
  const light = (colour) => {
    const [r = 0, g = 0, b = 0] = rgb(colour).map((it) => {
      const part = it / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ground = (element) => {
    if (element === null) return 'rgb(255, 255, 255)'
    const colour = getComputedStyle(element).backgroundColor
    return rgb(colour)[3] === 0 ? ground(element.parentElement) : colour
  }
  const hasText = (it) =>
    [...it.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '')
  const seen = [...document.querySelectorAll('body *')].filter((it) => it.tagName !== 'title' && hasText(it))
  const contrasts = seen.map((it) => {
    const style = getComputedStyle(it)
    const colour = it instanceof SVGElement ? style.fill : style.color
    const [high = 0, low = 0] = [light(colour), light(ground(it))].sort((a, b) => b - a)
    return { text: it.textContent, contrast: (high + 0.05) / (low + 0.05) }
  })
  return { looked: contrasts.length, weak: contrasts.filter((it) => it.contrast < 4.5) }
})()
