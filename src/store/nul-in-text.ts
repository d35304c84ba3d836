import {
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type PrimitiveValueListNode,
  type ValueNode,
} from 'kysely';

// A character for private use, so that hardly any text holds it.
const ESCAPE = '\uE000';

/** Has texts keep the character NUL, which PostgreSQL refuses in them, and which whoever names things may put in a name. */
export const nulInText = (): KyselyPlugin => {
  const escaper = new Escaper();
  return {
    transformQuery: ({ node, queryId }: PluginTransformQueryArgs) => escaper.transformNode(node, queryId),
    transformResult: async ({ result }: PluginTransformResultArgs) => ({
      ...result,
      rows: result.rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, unescaped(value)])),
      ),
    }),
  };
};

class Escaper extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode): ValueNode {
    return { ...node, value: escaped(node.value) };
  }

  protected override transformPrimitiveValueList(node: PrimitiveValueListNode): PrimitiveValueListNode {
    return { ...node, values: node.values.map(escaped) };
  }
}

const escaped = (value: unknown): unknown =>
  typeof value === 'string' && (value.includes('\0') || value.includes(ESCAPE))
    ? value.replaceAll(ESCAPE, `${ESCAPE}1`).replaceAll('\0', `${ESCAPE}0`)
    : value;

const unescaped = (value: unknown): unknown =>
  typeof value === 'string' && value.includes(ESCAPE)
    ? value.replaceAll(`${ESCAPE}0`, '\0').replaceAll(`${ESCAPE}1`, ESCAPE)
    : value;
