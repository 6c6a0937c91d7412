namespace LuceneLsr.Torch.Modules;

/// <summary>The names of the projections of a <see cref="SelfAttention"/> layer.</summary>
/// <param name="Query">The query projection.</param>
/// <param name="Key">The key projection.</param>
/// <param name="Value">The value projection.</param>
/// <param name="Output">The output projection.</param>
internal sealed record AttentionNames(string Query, string Key, string Value, string Output);
