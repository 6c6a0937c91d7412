using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Arithmetic;

/// <summary>
/// Arithmetic with numbers whose scalars stay alive during the call (see <see cref="Scalars"/>). TorchSharp's own
/// operators make temporary ones, also for the sum of two tensors.
/// </summary>
internal static class TensorArithmetic
{
    /// <summary>Computes x + y.</summary>
    public static Tensor Plus(this Tensor x, Tensor y) => x.add(y, Scalars.One);

    /// <summary>Computes x + number.</summary>
    public static Tensor Plus(this Tensor x, double number) => With(number, scalar => x.add(scalar, Scalars.One));

    /// <summary>Computes x * number.</summary>
    public static Tensor Times(this Tensor x, double number) => With(number, scalar => x.mul(scalar));

    /// <summary>Computes x * number. Integers stay integers.</summary>
    public static Tensor Times(this Tensor x, long number) => With(number, scalar => x.mul(scalar));

    /// <summary>Computes x / number.</summary>
    public static Tensor DividedBy(this Tensor x, double number) => With(number, scalar => x.div(scalar));

    /// <summary>Computes x * x.</summary>
    public static Tensor Squared(this Tensor x) => x * x;

    /// <summary>Computes x to the power of an exponent.</summary>
    public static Tensor ToPower(this Tensor x, double exponent) => With(exponent, scalar => x.pow(scalar));

    /// <summary>Raises smaller elements to a minimum.</summary>
    public static Tensor AtLeast(this Tensor x, double minimum) => With(minimum, scalar => x.clamp_min(scalar));

    /// <summary>Lowers greater elements to a maximum.</summary>
    public static Tensor AtMost(this Tensor x, double maximum) => With(maximum, scalar => x.clamp_max(scalar));

    /// <summary>Returns which elements are below a limit.</summary>
    public static Tensor IsBelow(this Tensor x, double limit) => With(limit, scalar => x.lt(scalar));

    /// <summary>Returns which elements are above a limit.</summary>
    public static Tensor IsAbove(this Tensor x, double limit) => With(limit, scalar => x.gt(scalar));

    /// <summary>Returns which elements are above 0.</summary>
    public static Tensor IsPositive(this Tensor x) => x.gt(Scalars.Zero);

    /// <summary>Returns which elements are 0.</summary>
    public static Tensor IsZero(this Tensor x) => x.eq(Scalars.Zero);

    /// <summary>Creates the integers from a start to before an end.</summary>
    public static Tensor Range(long start, long end, Device device)
    {
        using Scalar first = start;
        using Scalar stop = end;
        return arange(first, stop, Scalars.One, ScalarType.Int64, device);
    }

    private static Tensor With(double number, Func<Scalar, Tensor> compute)
    {
        using Scalar scalar = number;
        return compute(scalar);
    }

    private static Tensor With(long number, Func<Scalar, Tensor> compute)
    {
        using Scalar scalar = number;
        return compute(scalar);
    }
}
