import { type Command, InvalidArgumentError, Option } from 'commander';
import type { RequestContext } from '../evaluate/request-context.ts';
import { type ActionName, parseActionName } from '../iam/action-name.ts';
import { parseArn } from '../iam/arn.ts';
import { type InputOptions, withInputOptions } from './input-options.ts';

/** The options of commands that ask who can do what, as commander parses them. */
export interface QuestionOptions extends InputOptions {
  readonly context?: ReadonlyMap<string, readonly string[]>;
  readonly json?: true;
}

/** The options of `vigil what-can`, as commander parses them. */
export interface WhatCanOptions extends QuestionOptions {
  readonly service?: string;
}

/** Adds the options of a question about access to a command: the accounts to read, and what is known of the request. */
export const withQuestionOptions = (command: Command): Command =>
  withInputOptions(command)
    .addOption(
      new Option(
        '--context <KEY=VALUE>',
        'what is known of the request, such as `aws:SourceIp=10.0.0.1`; several times for several keys or values',
      ).argParser<ReadonlyMap<string, readonly string[]>>(addContext),
    )
    .option('--json', 'print one JSON object a line');

/** Reads an argument that names one action. */
export const actionArgument = (text: string): ActionName => {
  const action = parseActionName(text);
  if (!action.ok) throw new InvalidArgumentError(action.error);
  return action.value;
};

const addContext = (
  text: string,
  context: ReadonlyMap<string, readonly string[]> = new Map(),
): ReadonlyMap<string, readonly string[]> => {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) throw new InvalidArgumentError(`\`${text}\` is not KEY=VALUE`);
  return new Map([...context, [key, [...(context.get(key) ?? []), value]]]);
};

/** What is known of the request. */
export const questionContext = ({ context = new Map() }: QuestionOptions): RequestContext =>
  Object.fromEntries(context);

/** Why a resource cannot be asked about, in one line; null: it can. */
export const resourceProblem = (resource: string): string | null => {
  if (resource === '*' || parseArn(resource).ok) return null;
  return `\`${resource}\` is not an ARN; give one, or leave it out for an action that takes no resource`;
};

/** Whether a resource is a pattern that many may match; `*` alone stands for an action that takes no resource. */
export const isResourcePattern = (resource: string): boolean => resource !== '*' && /[*?]/.test(resource);
