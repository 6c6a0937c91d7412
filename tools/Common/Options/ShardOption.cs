using System.CommandLine;
using LuceneLsr.Files;

namespace LuceneLsr.Tools.Common.Options;

/// <summary>Creates the option for a shard.</summary>
public static class ShardOption
{
    /// <summary>Creates the option.</summary>
    /// <param name="whole">What is divided into shards, such as "the input".</param>
    public static Option<Shard> Create(string whole) => new("--shard")
    {
        Description = $"Part of {whole} to encode, such as 2/8 for the second of eight.",
        HelpName = "I/N",
        DefaultValueFactory = _ => Shard.Whole,
        CustomParser = argument =>
        {
            if (Shard.TryParse(argument.Tokens[0].Value, out var shard))
            {
                return shard;
            }

            argument.AddError($"--shard must be I/N with I from 1 to N, such as 2/8, not {argument.Tokens[0].Value}.");
            return null;
        },
    };
}
