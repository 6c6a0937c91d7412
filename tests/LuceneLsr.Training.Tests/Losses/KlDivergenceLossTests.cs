using CsCheck;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Losses;

public class KlDivergenceLossTests
{
    /// <summary>The first query has p = (1/4, 3/4) and q = (1/2, 1/2); the second has p = q.</summary>
    [Fact]
    public void Loss_is_mean_divergence_over_queries()
    {
        using var scope = NewDisposeScope();
        var student = tensor(new float[,] { { 5, 5 }, { 1, 2 } });
        var teacher = tensor(new[,] { { 0, MathF.Log(3) }, { 8, 9 } }); // a constant offset makes no difference
        var expected = (0.25 * Math.Log(0.25 / 0.5)) + (0.75 * Math.Log(0.75 / 0.5));
        var loss = KlDivergenceLoss.Compute(student, teacher, ones_like(student) > 0, temperature: 1);
        Assert.Equal(expected / 2, loss.item<float>(), 1e-6);
    }

    /// <summary>At temperature 2, log 9 becomes log 3.</summary>
    [Fact]
    public void Temperature_divides_scores_of_student_and_teacher()
    {
        using var scope = NewDisposeScope();
        var student = tensor(new[,] { { 2 * MathF.Log(2), 0 } }); // (2/3, 1/3)
        var teacher = tensor(new[,] { { 0, MathF.Log(9) } });     // (1/4, 3/4)
        var expected = (0.25 * Math.Log(0.25 * 3 / 2)) + (0.75 * Math.Log(0.75 * 3));
        var loss = KlDivergenceLoss.Compute(student, teacher, ones_like(student) > 0, temperature: 2);
        Assert.Equal(expected, loss.item<float>(), 1e-6);
    }

    [Fact]
    public void Masked_candidates_do_not_change_loss() => Gen.Select(Rows, Gen.Double[-50, 50]).Sample(
        (rows, stray) =>
        {
            using var scope = NewDisposeScope();
            double[][] students = [[.. rows.Student, stray], [1, .. rows.Student]];
            double[][] teachers = [[.. rows.Teacher, -stray], [2, .. rows.Teacher]];
            var mask = ones(students.Length, rows.Student.Length + 1) > 0;
            mask[0, rows.Student.Length] = tensor(false);
            var loss = KlDivergenceLoss.Compute(
                DenseArithmetic.ToTensor(students), DenseArithmetic.ToTensor(teachers), mask, temperature: 1);
            var expected = (DenseArithmetic.Kl(rows.Teacher, rows.Student)
                + DenseArithmetic.Kl(teachers[1], students[1])) / 2;
            Assert.Equal(expected, loss.item<float>(), 1e-4 * (1 + expected));
        },
        iter: 200);

    [Fact]
    public void Gradient_reaches_only_the_students_unmasked_candidates()
    {
        using var scope = NewDisposeScope();
        var student = tensor(new float[,] { { 1, 1, 9 } }, requires_grad: true);
        var teacher = tensor(new[,] { { 0, MathF.Log(3), 9 } }, requires_grad: true);
        var mask = tensor(new[,] { { true, true, false } });
        KlDivergenceLoss.Compute(student, teacher.detach(), mask, temperature: 1).backward();
        Assert.All(
            new[] { 0.5 - 0.25, 0.5 - 0.75, 0 }.Zip(student.grad!.data<float>().ToArray()), // q - p
            pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Loss_of_query_with_single_candidate_is_zero()
    {
        using var scope = NewDisposeScope();
        var loss = KlDivergenceLoss.Compute(
            tensor(new float[,] { { 3, 0 } }), tensor(new float[,] { { 1, 0 } }),
            tensor(new[,] { { true, false } }), temperature: 1);
        Assert.Equal(0, loss.item<float>());
    }

    private static Gen<(double[] Student, double[] Teacher)> Rows { get; } =
        from candidates in Gen.Int[1, 6]
        from student in Gen.Double[-5, 5].Array[candidates]
        from teacher in Gen.Double[-5, 5].Array[candidates]
        select (student, teacher);
}
