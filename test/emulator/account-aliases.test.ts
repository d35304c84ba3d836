import { CreateAccountAliasCommand, DeleteAccountAliasCommand, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { runningAccount } from './running-account.ts';

describe('the alias of an account', () => {
  it('is made, replaced by another, and deleted', async () => {
    const { iam } = await runningAccount('{}');
    const aliases = async () => (await iam.send(new ListAccountAliasesCommand({}))).AccountAliases;
    await iam.send(new CreateAccountAliasCommand({ AccountAlias: 'acme' }));
    await expect(iam.send(new CreateAccountAliasCommand({ AccountAlias: 'acme' }))).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'The account alias acme already exists.',
      $metadata: { httpStatusCode: 409 },
    });
    await iam.send(new CreateAccountAliasCommand({ AccountAlias: 'acme-2' }));
    expect(await aliases()).toEqual(['acme-2']);
    await expect(iam.send(new DeleteAccountAliasCommand({ AccountAlias: 'acme' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      $metadata: { httpStatusCode: 404 },
    });
    await iam.send(new DeleteAccountAliasCommand({ AccountAlias: 'acme-2' }));
    expect(await aliases()).toEqual([]);
  });

  it.each(['ab', 'Upper', '-begins', 'ends-', 'two--hyphens', 'under_score', 'x'.repeat(64)])(
    'is never %s',
    async (AccountAlias) => {
      const { iam } = await runningAccount('{}');
      await expect(iam.send(new CreateAccountAliasCommand({ AccountAlias }))).rejects.toMatchObject({
        name: 'ValidationError',
        $metadata: { httpStatusCode: 400 },
      });
    },
  );
});
