using Microsoft.Extensions.Options;

namespace LuceneLsr.Hosting.Options;

/// <summary>Validates options by their attributes.</summary>
[OptionsValidator]
internal sealed partial class LuceneLsrOptionsValidator : IValidateOptions<LuceneLsrOptions>;
