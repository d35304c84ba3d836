import type { EscalationMethod } from '../escalation-method.ts';

const accessToCluster = [
  { action: 'eks:CreateAccessEntry', on: 'existing' },
  { action: 'eks:AssociateAccessPolicy', on: 'new' },
] as const;

const accessEntry = {
  id: 'own-eks-access-entry',
  title: 'Make itself administrator of an EKS cluster whose pods or nodes have the role',
  category: 'principal-access',
  ways: [
    {
      on: 'role',
      service: 'pods.eks.amazonaws.com',
      requires: accessToCluster,
      facts: [{ unseen: 'a pod of the cluster that runs as the target' }],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: accessToCluster,
      facts: ['is-in-instance-profile', { unseen: 'a node of the cluster that runs as the target' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant eks:CreateAccessEntry and eks:AssociateAccessPolicy with eks:policyArn set to policies other than AmazonEKSClusterAdminPolicy.',
  ],
  references: [
    'https://docs.aws.amazon.com/eks/latest/APIReference/API_AssociateAccessPolicy.html',
    'https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html',
  ],
} as const satisfies EscalationMethod;

const podIdentity = {
  id: 'own-eks-pod-identity',
  title: 'Associate the role with a service account of an EKS cluster',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'pods.eks.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'iam:GetRole' },
        { action: 'eks:CreatePodIdentityAssociation', on: 'existing' },
      ],
      facts: [{ unseen: 'the right to run pods with that service account, and the pod identity agent in the cluster' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that pods are meant to run as, with iam:PassedToService set to pods.eks.amazonaws.com.',
  ],
  references: ['https://docs.aws.amazon.com/eks/latest/APIReference/API_CreatePodIdentityAssociation.html'],
} as const satisfies EscalationMethod;

const nodeGroup = {
  id: 'own-eks-nodegroup',
  title: 'Pass a role to a new node group of an EKS cluster',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'eks:CreateNodegroup', on: 'existing' }],
      facts: [{ unseen: 'the right to run pods that reach the metadata of the nodes' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that nodes are meant to run as.',
    'Grant eks:CreateNodegroup on named clusters.',
  ],
  references: ['https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html'],
} as const satisfies EscalationMethod;

/** By which Amazon EKS gives out the roles of its workloads. */
export const kubernetesMethods: readonly EscalationMethod[] = [accessEntry, podIdentity, nodeGroup];
