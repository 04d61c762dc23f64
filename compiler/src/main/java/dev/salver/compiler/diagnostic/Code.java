package dev.salver.compiler.diagnostic;

import static dev.salver.compiler.diagnostic.Severity.ERROR;
import static dev.salver.compiler.diagnostic.Severity.INFO;
import static dev.salver.compiler.diagnostic.Severity.WARNING;

/**
 * The catalogue: every diagnostic there is. What a code means and what to do about it stands in a
 * page of its own beside this class, from which the documentation and {@code salver explain} are
 * made.
 *
 * <p>Families: SV0xxx syntax, 1xxx names, 2xxx types and graphs, 3xxx environments, 4xxx lint, 5xxx
 * backend limits, 6xxx policy and tests, 7xxx lock and import, 8xxx output. A number is never used
 * again.
 */
public enum Code {
  SV0001(ERROR),
  SV0002(ERROR),
  SV0003(ERROR),
  SV0004(ERROR),
  SV0005(ERROR),
  SV0101(ERROR),
  SV0102(ERROR),
  SV0103(ERROR),
  SV0104(ERROR),
  SV0105(ERROR),
  SV0106(ERROR),
  SV0107(ERROR),
  SV0108(ERROR),
  SV0109(ERROR),
  SV0120(ERROR),

  SV1001(ERROR),
  SV1002(ERROR),
  SV1003(ERROR),
  SV1004(ERROR),
  SV1005(ERROR),
  SV1006(ERROR),
  SV1007(ERROR),
  SV1008(ERROR),
  SV1009(ERROR),
  SV1010(ERROR),
  SV1011(ERROR),
  SV1012(ERROR),
  SV1013(ERROR),
  SV1014(ERROR),
  SV1015(ERROR),
  SV1016(ERROR),

  SV2001(ERROR),
  SV2002(ERROR),
  SV2003(ERROR),
  SV2004(ERROR),
  SV2005(ERROR),
  SV2006(ERROR),
  SV2007(ERROR),
  SV2008(ERROR),
  SV2009(ERROR),
  SV2010(ERROR),
  SV2011(ERROR),
  SV2020(ERROR),
  SV2021(ERROR),
  SV2022(ERROR),
  SV2023(ERROR),
  SV2024(ERROR),
  SV2025(ERROR),
  SV2100(ERROR),
  SV2101(ERROR),
  SV2102(ERROR),
  SV2103(ERROR),
  SV2104(ERROR),
  SV2105(ERROR),
  SV2106(ERROR),
  SV2107(ERROR),
  SV2108(ERROR),
  SV2109(ERROR),
  SV2110(ERROR),
  SV2111(ERROR),
  SV2112(ERROR),
  SV2113(ERROR),
  SV2114(ERROR),
  SV2115(ERROR),
  SV2116(ERROR),
  SV2117(ERROR),
  SV2118(ERROR),
  SV2119(ERROR),
  SV2120(ERROR),
  SV2121(ERROR),
  SV2122(ERROR),
  SV2123(ERROR),
  SV2124(ERROR),
  SV2125(ERROR),
  SV2126(ERROR),
  SV2127(ERROR),
  SV2131(ERROR),

  SV2200(ERROR),
  SV2201(ERROR),
  SV2202(ERROR),
  SV2203(ERROR),
  SV2204(ERROR),
  SV2205(ERROR),
  SV2206(ERROR),
  SV2207(ERROR),

  SV3001(ERROR),
  SV3002(ERROR),
  SV3003(ERROR),
  SV3004(ERROR),
  SV3005(ERROR),
  SV3006(ERROR),

  SV4001(WARNING),
  SV4002(WARNING),
  SV4003(WARNING),
  SV4004(WARNING),
  SV4005(WARNING),
  SV4006(WARNING),
  SV4007(WARNING),
  SV4008(WARNING),
  SV4009(WARNING),
  SV4010(WARNING),
  SV4011(WARNING),
  SV4012(WARNING),
  SV4013(INFO),
  SV4014(WARNING),
  SV4015(WARNING),
  SV4016(WARNING),
  SV4017(WARNING),
  SV4018(WARNING),
  SV4019(WARNING),
  SV4020(WARNING),
  SV4022(WARNING),
  SV4023(WARNING),
  SV4024(WARNING),
  SV4025(INFO),
  SV4026(WARNING),
  SV4027(WARNING),
  SV4029(INFO),
  SV4030(INFO),
  SV4031(INFO),
  SV4032(INFO),
  SV4033(INFO),
  SV4034(INFO),
  SV4035(WARNING),
  SV4036(WARNING),
  SV4037(WARNING),
  SV4038(WARNING),

  SV5001(ERROR),
  SV5002(ERROR),
  SV5003(ERROR),
  SV5004(ERROR),
  SV5005(ERROR),
  SV5006(ERROR),
  SV5007(ERROR),
  SV5008(ERROR),
  SV5009(ERROR),
  SV5010(ERROR),
  SV5011(ERROR),
  SV5012(ERROR),
  SV5013(ERROR),

  SV5030(ERROR),
  SV5031(ERROR),

  SV5100(ERROR),
  SV5101(ERROR),
  SV5102(ERROR),
  SV5103(ERROR),
  SV5104(ERROR),
  SV5105(ERROR),

  SV6001(ERROR),
  SV6002(ERROR),
  SV6003(ERROR),
  SV6004(ERROR),
  SV6005(WARNING),
  SV6006(ERROR),
  SV6007(ERROR),
  SV6008(ERROR),
  SV6009(ERROR),
  SV6010(ERROR),

  SV6100(ERROR),
  SV6101(ERROR),
  SV6102(ERROR),
  SV6103(ERROR),
  SV6104(ERROR),
  SV6105(ERROR),
  SV6106(ERROR),
  SV6107(ERROR),
  SV6108(ERROR),
  SV6109(ERROR),
  SV6110(ERROR),

  SV7001(ERROR),
  SV7002(ERROR),
  SV7003(ERROR),
  SV7004(ERROR),
  SV7005(ERROR),
  SV7006(ERROR),
  SV7007(ERROR),
  SV7020(WARNING),
  SV7021(ERROR),
  SV7022(ERROR),
  SV7023(ERROR),
  SV7024(ERROR),

  SV8003(ERROR),
  SV8004(ERROR),
  SV8005(ERROR);

  private final Severity severity;

  Code(Severity severity) {
    this.severity = severity;
  }

  /** How bad it is where a program says nothing else. */
  public Severity severity() {
    return severity;
  }

  /** Whether it is about what is legal and yet most likely not meant. */
  public boolean isLint() {
    return name().startsWith("SV4");
  }

  /** Title, meaning and remedy. */
  public Page page() {
    return Page.of(this);
  }
}
