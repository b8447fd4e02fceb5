const storedValue = (text: string): unknown => {
  if (!/^\s*[[{]/.test(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Stored values as templates see them: JSON objects and lists are taken apart, everything else is text. */
export const storedValues = (vars: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(vars).map(([key, text]) => [key, storedValue(text)]))
