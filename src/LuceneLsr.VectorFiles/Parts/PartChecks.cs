namespace LuceneLsr.VectorFiles.Parts;

/// <summary>Checks whether parts are all shards of one input.</summary>
/// <param name="parts">The parts with a manifest, in the order of their shards.</param>
internal sealed class PartChecks(IReadOnlyList<ManifestedPart> parts)
{
    /// <summary>Finds parts that were encoded with other settings than the first one.</summary>
    public IEnumerable<string> FindOtherSettings()
    {
        foreach (var part in parts.Skip(1))
        {
            var (first, other) = (parts[0].Manifest.Settings, part.Manifest.Settings);
            if (first.Keys.Union(other.Keys).FirstOrDefault(
                name => first.GetValueOrDefault(name) != other.GetValueOrDefault(name)) is { } different)
            {
                yield return $"{part.Part.Path} was encoded with {different} "
                    + $"{other.GetValueOrDefault(different, "none")}, but {parts[0].Part.Path} with "
                    + $"{first.GetValueOrDefault(different, "none")}. Encode one of them again.";
            }
        }
    }

    /// <summary>Finds shards of different divisions, or duplicate and missing shards of one.</summary>
    public IEnumerable<string> FindWrongShards()
    {
        var counts = parts.Select(part => part.Shard.Count).Distinct().Order().ToList();
        return counts.Count > 1
            ? [$"The input was divided in different ways, into {string.Join(" and ", counts)} shards. "
                + "Name the parts of one division."]
            : FindDuplicateShards().Concat(FindMissingShards(counts.FirstOrDefault()));
    }

    /// <summary>
    /// Finds parts with the wrong number of texts, if all shards are there. Shards are dealt round-robin, so the number
    /// of all texts determines that of each shard.
    /// </summary>
    public IEnumerable<string> FindWrongCounts()
    {
        var texts = parts.Sum(part => part.Part.Texts);
        foreach (var (part, _, shard) in parts)
        {
            var expected = (texts - shard.Number + shard.Count) / shard.Count;
            if (part.Texts != expected)
            {
                yield return $"{part.Path} has {part.Texts:N0} texts, but shard {shard} of an input of {texts:N0} has "
                    + $"{expected:N0}. The machines read different inputs. Encode the shards of one input.";
            }
        }
    }

    /// <summary>Finds damaged parts, and an id of each part that an earlier one has. It reads all files.</summary>
    public IEnumerable<string> FindWrongContents(CancellationToken cancellationToken)
    {
        var ids = new DistinctIds();
        foreach (var (number, (part, manifest, _)) in parts.Index())
        {
            if (part.Bytes != manifest.Bytes || VectorFileManifest.ComputeSha256(part.Path) != manifest.Sha256)
            {
                yield return $"{part.Path} is not the file of its manifest: it has {part.Bytes:N0} bytes, and "
                    + $"{manifest.Bytes:N0} were written. Copy or encode it again.";
            }
            else if (FindDuplicateId(number, ids, cancellationToken) is { } problem)
            {
                yield return problem;
            }
        }
    }

    private IEnumerable<string> FindDuplicateShards() => parts.GroupBy(part => part.Shard)
        .Where(group => group.Count() > 1)
        .Select(twice => $"Shard {twice.Key} is there {twice.Count()} times: "
            + $"{string.Join(", ", twice.Select(part => part.Part.Path))}. Name only one of them.");

    private IEnumerable<string> FindMissingShards(int count) => Enumerable.Range(1, count)
        .Except(parts.Select(part => part.Shard.Number))
        .Select(number => $"Shard {number}/{count} is missing. Encode it with --shard {number}/{count}.");

    // Reading stops at the first duplicate, which is enough to find the cause.
    private string? FindDuplicateId(int number, DistinctIds ids, CancellationToken cancellationToken)
    {
        var (part, shard) = (parts[number].Part, parts[number].Shard);
        foreach (var (line, id) in RecordIds.Read(part.Path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ids.Add(id, number) is { } other)
            {
                // Shards that are there twice, or of another division, have the same ids anyway and are reported as such.
                return parts[other].Shard is var otherShard && shard.Count == otherShard.Count && shard != otherShard
                    ? $"{part.Path}, line {line}: duplicate id '{id}', which {parts[other].Part.Path} has. "
                        + "Make the ids of the input unique."
                    : null;
            }
        }

        return null;
    }
}
