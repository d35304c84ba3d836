import type { AccountId } from '../../iam/account-id.ts';
import type { DelegationRequestState } from '../delegation-state.ts';

/** The shape `DelegationRequest`. */
export const delegationRequestView = (request: DelegationRequestState, requestor: AccountId) => ({
  DelegationRequestId: request.id,
  OwnerAccountId: request.ownerAccountId,
  Description: request.description,
  RequestMessage: request.requestMessage,
  Permissions: {
    PolicyTemplateArn: request.permissions.policyTemplateArn,
    Parameters: request.permissions.parameters.map(({ name, values, type }) => ({
      Name: name,
      Values: values,
      Type: type,
    })),
  },
  OwnerId: request.ownerId,
  ApproverId: request.approverId,
  State: request.state,
  ExpirationTime: request.expirationTime,
  RequestorId: requestor,
  CreateDate: request.createDate,
  SessionDuration: request.sessionDuration,
  RedirectUrl: request.redirectUrl,
  Notes: request.notes,
  RejectionReason: request.rejectionReason,
  OnlySendByOwner: request.onlySendByOwner,
  UpdatedTime: request.updatedTime,
});
