import * as iamSchemas from '@aws-sdk/client-iam';
import * as stsSchemas from '@aws-sdk/client-sts';
import { NormalizedSchema } from '@smithy/core/schema';
import { type Shape, type StructureShape, shapeOf } from './shape.ts';

/** A service of AWS that the emulator speaks for, as its SDK package describes it. */
export interface AwsService {
  /** As in the scope of signatures and before the colon of IAM actions. */
  readonly name: string;
  /** The `Version` of its requests. */
  readonly version: string;
  readonly xmlNamespace: string;
  readonly operations: ReadonlyMap<string, OperationShape>;
  /** HTTP status by error code. */
  readonly errorStatus: ReadonlyMap<string, number>;
}

/** Input and output of an operation. */
export interface OperationShape {
  readonly input: StructureShape;
  readonly output: StructureShape;
}

type OperationSchema = typeof iamSchemas.GetUser$;

type ErrorSchema = typeof iamSchemas.NoSuchEntityException$;

// Smithy's static schemas begin with what they are: 9 is an operation, -3 an error.
const isOperation = (exported: unknown): exported is OperationSchema => Array.isArray(exported) && exported[0] === 9;

const isError = (exported: unknown): exported is ErrorSchema => Array.isArray(exported) && exported[0] === -3;

const structureOf = (shape: Shape): StructureShape => {
  if (shape.kind !== 'structure') throw new Error(`an operation takes or gives a ${shape.kind}`);
  return shape;
};

const statusOfError = (error: ErrorSchema): (readonly [string, number])[] => {
  const { awsQueryError, httpError } = NormalizedSchema.of(error).getMergedTraits();
  const pair: unknown = awsQueryError ?? [error[2], httpError];
  if (!isList(pair)) return [];
  const [code, status] = pair;
  return typeof code === 'string' && typeof status === 'number' ? [[code, status]] : [];
};

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const service = (name: string, version: string, schemas: object): AwsService => {
  const exported: readonly unknown[] = Object.values(schemas);
  return {
    name,
    version,
    xmlNamespace: `https://${name}.amazonaws.com/doc/${version}/`,
    operations: new Map(
      exported
        .filter(isOperation)
        .map(([, , action, , input, output]) => [
          action,
          { input: structureOf(shapeOf(input)), output: structureOf(shapeOf(output)) },
        ]),
    ),
    errorStatus: new Map(exported.filter(isError).flatMap(statusOfError)),
  };
};

/** The services, found by name. */
export const awsServices: ReadonlyMap<string, AwsService> = new Map(
  [service('iam', '2010-05-08', iamSchemas), service('sts', '2011-06-15', stsSchemas)].map((made) => [made.name, made]),
);
