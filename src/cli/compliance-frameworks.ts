import { type ComplianceFramework, parseComplianceFramework } from '../analyze/compliance-framework.ts';
import { packageFile, packageFilesIn } from './package-files.ts';

const DIRECTORY = 'config/compliance';

/** The compliance frameworks that the package ships, by file name. Throws where one is broken: they are part of the package. */
export const complianceFrameworks = (): readonly ComplianceFramework[] =>
  packageFilesIn(DIRECTORY)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => {
      const file = `${DIRECTORY}/${name}`;
      const framework = parseComplianceFramework(packageFile(file), file);
      if (!framework.ok) throw new Error(framework.error.join('\n'));
      return framework.value;
    });
