"""Train many networks at once, except for those whose fits are remembered."""

from collections.abc import Iterator, Sequence

from mlp.core.dataset import Dataset
from mlp.fits import keys, workers
from mlp.fits.fold_fit import FoldFit, Job, Shape
from mlp.fits.memory import FitMemory


def fits(jobs: Sequence[Job], dataset: Dataset, memory: FitMemory) -> Iterator[tuple[int, FoldFit]]:
    """Yield the fit of each job with its position, remembered ones first.

    A fit is kept as soon as it is ready, so that what is interrupted goes on where it was.

    Parameters
    ----------
    jobs : sequence of Job
    dataset : Dataset
    memory : FitMemory

    Raises
    ------
    InputError
        See `mlp.fits.workers.fits`.
    """
    digests = keys.of_jobs(dataset, jobs)
    left = []
    shapes: dict[str, Shape] = {}
    for position, (job, digest) in enumerate(zip(jobs, digests, strict=True)):
        if digest not in shapes:
            shapes[digest] = Shape.of(dataset, job.part)
        fit = memory.recall(job.section, digest, shapes[digest])
        if fit:
            yield position, fit
        else:
            left.append(position)
    if not left:
        return
    for place, fit in workers.fits([jobs[position] for position in left], dataset):
        position = left[place]
        memory.keep(jobs[position].section, digests[position], fit)
        yield position, fit
    memory.bound()
