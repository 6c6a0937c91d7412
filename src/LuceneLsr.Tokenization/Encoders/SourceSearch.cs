using LuceneLsr.Tokenization.Settings;

namespace LuceneLsr.Tokenization.Encoders;

/// <summary>Finds the pooled position of each head row's weight in a window.</summary>
/// <param name="pooling">How positions are pooled.</param>
/// <param name="computeRows">Computes the weights of the head's rows for a batch of sequences.</param>
internal sealed class SourceSearch(
    TermPooling pooling, Func<IReadOnlyList<TokenSequence>, IEnumerable<ArraySegment<float>>> computeRows)
{
    /// <summary>Finds positions.</summary>
    /// <param name="targets">The sequences of windows, and the rows of interest of each.</param>
    /// <param name="cancellationToken">Checked between batches.</param>
    /// <returns>The position of each row of each sequence, in the order of the rows.</returns>
    public IReadOnlyList<int[]> Find(
        IReadOnlyList<(TokenSequence Sequence, int[] Rows)> targets, CancellationToken cancellationToken)
    {
        var found = new int[targets.Count][];
        var isSingle = pooling != TermPooling.Max;
        var ambiguous = Search(targets, isSingle, found, cancellationToken);
        if (ambiguous.Count > 0)
        {
            // Equal weights in both groups of a bit, as of equal tokens in a model without positions, are rare.
            var searched = new int[ambiguous.Count][];
            Search([.. ambiguous.Select(index => targets[index])], isSingle: true, searched, cancellationToken);
            foreach (var (index, positions) in ambiguous.Zip(searched))
            {
                found[index] = positions;
            }
        }

        return found;
    }

    // Returns the targets with a row whose position is ambiguous.
    private List<int> Search(
        IReadOnlyList<(TokenSequence Sequence, int[] Rows)> targets, bool isSingle, int[][] found,
        CancellationToken cancellationToken)
    {
        var tests = targets.Select(target => CreateTests(target.Sequence, isSingle)).ToList();
        foreach (var batch in LengthBatches.Split(tests.Index().SelectMany(target => target.Item
            .Select(test => (Target: target.Index, Test: test))), entry => entry.Test.TokenCount))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = computeRows([.. batch.SelectMany(entry => entry.Test.Sequences)]).GetEnumerator();
            foreach (var (target, test) in batch)
            {
                test.Weights = [.. test.Sequences.Select(_ => Select(rows, targets[target].Rows))];
            }
        }

        List<int> ambiguous = [];
        foreach (var (target, (sequence, rows)) in targets.Index())
        {
            int?[] positions = [.. rows.Select((_, index) => PooledPositions.Find(
                [.. tests[target].Select(test => (float[])[.. test.Weights.Select(weights => weights[index])])],
                sequence.Pooled.Count, isSingle))];
            found[target] = [.. positions.Select(position => sequence.Pooled[position ?? 0])];
            if (positions.Contains(null))
            {
                ambiguous.Add(target);
            }
        }

        return ambiguous;
    }

    private static List<PositionTest> CreateTests(TokenSequence sequence, bool isSingle) =>
        [.. (isSingle
            ? PooledPositions.CreateSingles(sequence.Pooled)
            : PooledPositions.CreateGroups(sequence.Pooled))
            .Select(groups => new PositionTest([.. groups.Select(group => sequence with { Pooled = group })]))];

    private static float[] Select(IEnumerator<ArraySegment<float>> rows, int[] selected)
    {
        rows.MoveNext();
        return [.. selected.Select(row => rows.Current[row])];
    }

    // Sequences that are computed in one batch, because their weights are compared with each other.
    private sealed class PositionTest(TokenSequence[] sequences)
    {
        public TokenSequence[] Sequences => sequences;

        public int TokenCount => sequences.Sum(sequence => sequence.Ids.Count);

        public float[][] Weights { get; set; } = [];
    }
}
