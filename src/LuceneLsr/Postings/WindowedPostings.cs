using System.Numerics;
using System.Runtime.CompilerServices;

namespace LuceneLsr.Postings;

/// <summary>
/// Places in windows and impacts as parallel arrays, with an offset a window: three bytes a posting where an impact
/// takes one.
/// </summary>
internal sealed class WindowedPostings<TImpact> : CachedPostings
    where TImpact : unmanaged, IBinaryInteger<TImpact>
{
    private readonly int _windowSize;
    private readonly int[] _offsets; // [windows + 1]
    private readonly ushort[] _places;
    private readonly TImpact[] _impacts;
    private readonly int _largest;

    /// <summary>Lays out postings.</summary>
    /// <param name="documents">In ascending order.</param>
    /// <param name="impacts">Of the documents.</param>
    /// <param name="maxDoc">Documents of the segment.</param>
    public WindowedPostings(int[] documents, int[] impacts, int maxDoc)
    {
        _windowSize = Windows.Size(maxDoc);
        _offsets = new int[((maxDoc - 1) / _windowSize) + 2];
        _places = new ushort[documents.Length];
        _impacts = Array.ConvertAll(impacts, TImpact.CreateChecked);
        _largest = impacts.Max();
        for (var at = 0; at < documents.Length; at++)
        {
            _places[at] = (ushort)(documents[at] % _windowSize);
            _offsets[(documents[at] / _windowSize) + 1] = at + 1;
        }

        for (var window = 1; window < _offsets.Length; window++)
        {
            _offsets[window] = Math.Max(_offsets[window], _offsets[window - 1]); // an empty window starts where it ends
        }
    }

    public override long SizeInBytes =>
        (_offsets.Length * sizeof(int)) + (_places.Length * (sizeof(ushort) + (long)Unsafe.SizeOf<TImpact>()));

    public override PostingCursor Open() => new Cursor(this);

    private sealed class Cursor(WindowedPostings<TImpact> postings) : PostingCursor
    {
        private int _at;
        private int _window;

        public override int NextDocument
        {
            get
            {
                if (_at == postings._places.Length)
                {
                    return int.MaxValue;
                }

                while (postings._offsets[_window + 1] <= _at)
                {
                    _window++;
                }

                return (_window * postings._windowSize) + postings._places[_at];
            }
        }

        public override int Count => postings._places.Length;

        public override int LargestImpact => postings._largest;

        public override void Accumulate<T>(int start, int end, T into)
        {
            var window = start / postings._windowSize;
            int first = postings._offsets[window], behind = postings._offsets[window + 1];
            var places = postings._places.AsSpan(first, behind - first);
            var impacts = postings._impacts.AsSpan(first, behind - first);
            for (var at = 0; at < places.Length && at < impacts.Length; at++)
            {
                into.Add(places[at], int.CreateTruncating(impacts[at]));
            }

            _at = behind;
        }
    }
}
