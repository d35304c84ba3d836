/** The folders of src/ and what each may import, as a Mermaid graph. */
export const layersGraph = (layers: Readonly<Record<string, readonly string[]>>): string =>
  [
    '```mermaid',
    'graph BT',
    ...Object.entries(layers).flatMap(([folder, imports]) =>
      imports.length === 0 ? [`  ${folder}`] : imports.map((imported) => `  ${folder} --> ${imported}`),
    ),
    ...Object.keys(layers)
      .filter((folder) => !Object.values(layers).some((imports) => imports.includes(folder)))
      .map((top) => `  cli --> ${top}`),
    '```',
  ].join('\n');
